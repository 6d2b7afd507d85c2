package io.roster.registry.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.roster.access.Caller;
import io.roster.coordination.Subscription;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The streams of server-sent events that are open.
 */
@Component
public class EventStreams {

	private static final Duration UNBOUNDED = Duration.ZERO;

	private final StreamProperties properties;

	private final OpenRequests requests;

	private final AnswerThreads threads;

	/** The request that is served just now: a proxy of Spring's. */
	private final HttpServletRequest http;

	private final Map<EventStream, StreamSource> streams = new ConcurrentHashMap<>();

	EventStreams(StreamProperties properties, OpenRequests requests, AnswerThreads threads, HttpServletRequest http,
			MeterRegistry meters) {
		this.properties = properties;
		this.requests = requests;
		this.threads = threads;
		this.http = http;
		meters.gaugeMapSize("roster.streams.open", List.of(), this.streams);
	}

	/**
	 * Opens a stream for whoever makes the request that is served just now. It ends when
	 * its reader goes, when its reader is too slow, when its reader's credentials expire,
	 * and when the server stops.
	 * @param source what it tells
	 * @return for Spring MVC to write to
	 */
	public SseEmitter open(StreamSource source) {
		SseEmitter emitter = new SseEmitter(lifetime().toMillis());
		emitter.onTimeout(emitter::complete);
		EventStream stream = new EventStream(emitter, this.threads::execute, this.properties.buffer());
		StreamBegin.remember(this.http, stream);
		// So that the reader has an answer even where there is nothing to tell yet.
		stream.send(source.heartbeat());
		Subscription subscription = source.subscribe(stream::send);
		this.streams.put(stream, source);
		Runnable forget = this.requests.add(stream::end);
		emitter.onCompletion(() -> {
			subscription.close();
			forget.run();
			this.streams.remove(stream);
			stream.abandon();
		});
		return emitter;
	}

	private Duration lifetime() {
		return Caller.of(this.http).flatMap((caller) -> caller.lifetime(Instant.now())).orElse(UNBOUNDED);
	}

	@Scheduled(fixedDelayString = "${roster.stream.heartbeat:5s}")
	void heartbeat() {
		this.streams.forEach((stream, source) -> stream.sendIfIdle(source.heartbeat()));
	}

}
