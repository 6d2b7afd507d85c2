package io.roster.registry.service;

import java.time.Duration;

import io.roster.discovery.Directory;
import io.roster.discovery.ServiceName;
import io.roster.registry.problem.DurationText;
import io.roster.registry.problem.InvalidRequestException;
import io.roster.streams.EventStreams;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The services and their instances.
 */
@Tag(name = "Services")
@RestController
@RequestMapping("/api/v1")
@RequiredArgsConstructor
class ServicesController {

	static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

	private final ServiceQueries queries;

	private final EventStreams streams;

	private final Directory directory;

	private final ServiceViews views;

	@Operation(summary = "All services that have instances")
	@GetMapping("/services")
	ResponseEntity<CatalogView> services() {
		return this.queries.services();
	}

	// One method for both ways to ask: to choose between several takes longer than to
	// answer.
	@Operation(summary = "The instances of a service; one that nobody has registered has none",
			description = "With a revision and a wait: as soon as the list is not that of the revision, "
					+ "or after the wait, from 0s to 5m.")
	@ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ServiceView.class)))
	@GetMapping(path = "/services/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
	Object service(@PathVariable String name, @RequestParam(required = false) @Nullable String revision,
			@RequestParam(required = false) @Nullable String wait) {
		String service = valid(name);
		if (wait == null) {
			return this.queries.service(service);
		}
		Duration longest = wait(wait);
		if (revision == null) {
			throw new InvalidRequestException("revision",
					"revision is missing: '" + service + "' is waited for until its list is not that of a revision.");
		}
		return this.queries.service(service, revision(revision), longest);
	}

	@Operation(summary = "The instances of a service, as they change",
			description = "Events: snapshot, added, updated, removed, heartbeat. The id is the revision.")
	@GetMapping(path = "/services/{name}/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter stream(@PathVariable String name,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
		return this.streams.open(new ServiceStream(this.directory, this.views, valid(name), lastEventId));
	}

	@Operation(operationId = "servicesStreamAll", summary = "The instances of all services, as they change",
			description = "Begins with a snapshot of each service. An id is the revision of the event's service.")
	@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter stream() {
		return this.streams.open(new ServiceStream(this.directory, this.views, null, null));
	}

	private static String valid(String name) {
		try {
			return ServiceName.requireValid(name);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidRequestException("name", sentence(ex));
		}
	}

	/** An unknown one is not that of the list, so it is answered at once. */
	private static String revision(String text) {
		if (!text.matches("\\d{1,20}")) {
			throw new InvalidRequestException("revision",
					"revision is that of a list that was read before, a decimal number, and not '" + text + "'.");
		}
		return text;
	}

	private static Duration wait(String text) {
		Duration wait = DurationText.parse("wait", text);
		if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
			throw new InvalidRequestException("wait", "'" + text + "' is not from 0s to 5m.");
		}
		return wait;
	}

	private static String sentence(IllegalArgumentException ex) {
		String message = String.valueOf(ex.getMessage());
		return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
	}

}
