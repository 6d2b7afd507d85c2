package io.roster.lockservice.api;

import java.util.concurrent.CompletableFuture;

import io.roster.locks.LockQueues;
import io.roster.streams.EventStreams;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The queues as they change.
 */
@Tag(name = "locks")
@ApiResponse(responseCode = "429", description = "As many calls and streams of yours wait at this replica as may.",
		content = @Content(mediaType = "application/problem+json",
				examples = @ExampleObject(StreamController.TOO_MANY)))
@ApiResponse(responseCode = "503", description = "This replica has not read the queues yet. Repeat the same call.",
		headers = @Header(name = "Retry-After", description = "seconds", schema = @Schema(type = "integer")),
		content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(LeaseApi.UNAVAILABLE)))
@RestController
@RequestMapping("/api/v1")
@RequiredArgsConstructor
class StreamController {

	/** A reader with too many streams. */
	static final String TOO_MANY = """
			{"type":"urn:roster:problem:too-many-waits","title":"Too many of your calls wait","status":429,\
			"detail":"1000 calls of dashboard wait at this replica already. Wait with fewer calls at once, or raise \
			roster.locks.max-waits-per-principal; nothing was changed.","limit":1000}""";

	private static final String QUEUE = """
			event:snapshot
			id:4294967330
			data:{"name":"invoice-42","kind":"MUTEX","permits":1,"revision":"4294967330","holders":[],"waiters":[]}

			event:added
			id:4294967331
			data:{"lock":"invoice-42","owner":"billing-1","mode":"EXCLUSIVE","state":"HELD","position":0,"ttl":"30s",\
			"expiresInMs":30000,"client":"rest","sinceMs":0}

			""";

	private static final String ALL = """
			event:snapshot
			id:4294967330
			data:{"revision":"4294967330","locks":[{"name":"invoice-42","kind":"MUTEX","holders":1,"waiters":2}]}

			event:removed
			id:4294967331
			data:{"lock":"invoice-42","owner":"billing-1","mode":"EXCLUSIVE","state":"HELD","position":0,"ttl":"30s",\
			"expiresInMs":12000,"client":"rest","sinceMs":18000}

			""";

	private static final String EVENTS = "The events are added, updated and removed with a place: it is updated "
			+ "when it comes to hold the lock, and when its owner or TTL changes or it is revoked, not with each "
			+ "renewal. The id is the revision; a reader that comes back with the present one as Last-Event-ID goes on, "
			+ "any other gets a snapshot. A snapshot comes again after a loss of the connection to the ensemble. "
			+ "Heartbeats (every 5s where nothing happens) say whether this replica may be behind. A reader for whom "
			+ "too many events wait is cut off with the event overflow. What a caller may not see in GET "
			+ "/api/v1/locks/{lock} is not in the events either.";

	private final LockQueues queues;

	private final EventStreams streams;

	private final PrincipalWaits principalWaits;

	/** The request that is served just now: a proxy of Spring's. */
	private final HttpServletRequest http;

	@Operation(operationId = "lockStream", summary = "One lock's queue as it changes",
			description = "Server-sent events, beginning with a snapshot as of GET /api/v1/locks/{lock}. " + EVENTS)
	@ApiResponse(responseCode = "200", description = "The events.",
			content = @Content(mediaType = "text/event-stream", schema = @Schema(type = "string"),
					examples = @ExampleObject(QUEUE)))
	@GetMapping(path = "/locks/{lock}/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter stream(@LockName @PathVariable String lock,
			@Parameter(description = "the id of the last event that the reader has seen") @RequestHeader(
					name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
		return open(lock, lastEventId);
	}

	@Operation(operationId = "lockStreamAll", summary = "All queues as they change",
			description = "Server-sent events, beginning with a snapshot as of GET /api/v1/locks. " + EVENTS)
	@ApiResponse(responseCode = "200", description = "The events.",
			content = @Content(mediaType = "text/event-stream", schema = @Schema(type = "string"),
					examples = @ExampleObject(ALL)))
	@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter stream(@Parameter(description = "the id of the last event that the reader has seen") @RequestHeader(
			name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
		return open(null, lastEventId);
	}

	private SseEmitter open(@Nullable String lock, @Nullable String lastEventId) {
		Requester requester = Requester.of(this.http);
		CompletableFuture<Void> ended = new CompletableFuture<>();
		CompletableFuture<Void> unused = this.principalWaits.count(requester.principal(), () -> ended);
		try {
			return this.streams.open(new QueueStream(this.queues, lock, lastEventId, requester),
					() -> ended.complete(null));
		}
		catch (RuntimeException ex) {
			ended.complete(null);
			throw ex;
		}
	}

}
