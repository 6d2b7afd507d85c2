package io.roster.registry.console;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.roster.coordination.Subscription;
import io.roster.streams.EventStreams;
import io.roster.streams.StreamEvent;
import io.roster.streams.StreamSource;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * All that the console shows, over one connection, of which a browser has six.
 */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console")
@RequiredArgsConstructor
class ConsoleStreamController {

	private final EventStreams streams;

	private final List<ConsoleFeed> feeds;

	private final ServicesFeed services;

	@Operation(summary = "Everything that the console shows, as it changes",
			description = "Events: services, instance, state, history, ensemble, elections, config and, of the lock service, "
					+ "locks, lock, deadlocks. Begins with all that there is, each time.")
	@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter stream(@Parameter(hidden = true) @RequestHeader(name = HttpHeaders.AUTHORIZATION,
			required = false) @Nullable String authorization) {
		return this.streams.open(new Everything(authorization));
	}

	@RequiredArgsConstructor
	private final class Everything implements StreamSource {

		private final @Nullable String authorization;

		@Override
		public Subscription subscribe(Consumer<StreamEvent> events) {
			List<Subscription> subscriptions = new ArrayList<>();
			for (ConsoleFeed feed : ConsoleStreamController.this.feeds) {
				subscriptions.add(feed.subscribe(this.authorization, events));
			}
			return () -> subscriptions.forEach(Subscription::close);
		}

		@Override
		public StreamEvent heartbeat() {
			return ConsoleStreamController.this.services.state();
		}

	}

}
