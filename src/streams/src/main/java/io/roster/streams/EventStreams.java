package io.roster.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.roster.access.Caller;
import io.roster.coordination.Subscription;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.thread.Threading;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The streams that are open. One that is idle holds no thread. When the application stops
 * they end, before the web server's graceful shutdown would wait for them. Of any thread.
 */
public final class EventStreams implements SmartLifecycle {

	private static final Duration UNBOUNDED = Duration.ZERO;

	private static final String WRITERS = "stream-";

	private final StreamProperties properties;

	private final TooSlow tooSlow;

	/** The request that is served just now: a proxy of Spring's. */
	private final HttpServletRequest http;

	private final Executor writers;

	private final Map<EventStream, StreamSource> streams = new ConcurrentHashMap<>();

	private volatile @Nullable ScheduledExecutorService heart;

	private volatile boolean stopping;

	EventStreams(StreamProperties properties, TooSlow tooSlow, HttpServletRequest http, Environment environment,
			MeterRegistry meters) {
		this.properties = properties;
		this.tooSlow = tooSlow;
		this.http = http;
		this.writers = writers(environment);
		meters.gaugeMapSize("roster.streams.open", List.of(), this.streams);
	}

	/**
	 * A thread for each stream that is being written to. Their number has no other bound,
	 * because a write to a reader that does not read blocks for as long as the web server
	 * lets it, and must not hold up the others.
	 */
	private static Executor writers(Environment environment) {
		if (Threading.VIRTUAL.isActive(environment)) {
			return new VirtualThreadTaskExecutor(WRITERS);
		}
		CustomizableThreadFactory threads = new CustomizableThreadFactory(WRITERS);
		threads.setDaemon(true);
		return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
	}

	/**
	 * Opens a stream for whoever makes the request that is served just now. It ends when
	 * its reader goes, when its reader is too slow, when its reader's credentials expire,
	 * and when the application stops.
	 * @param source what it tells
	 * @return for Spring MVC to write to
	 */
	public SseEmitter open(StreamSource source) {
		return open(source, () -> {
		});
	}

	/**
	 * The same, with a word when it has ended.
	 * @param source what it tells
	 * @param ended called when it has ended
	 * @return for Spring MVC to write to
	 */
	public SseEmitter open(StreamSource source, Runnable ended) {
		SseEmitter emitter = new SseEmitter(lifetime().toMillis());
		emitter.onTimeout(emitter::complete);
		EventStream stream = new EventStream(emitter, this.writers, this.properties.buffer(), this.tooSlow);
		StreamBegin.remember(this.http, stream);
		// So that the reader has an answer even where there is nothing to tell yet.
		stream.send(source.heartbeat());
		Subscription subscription = source.subscribe(stream::send);
		this.streams.put(stream, source);
		emitter.onCompletion(() -> {
			subscription.close();
			this.streams.remove(stream);
			stream.abandon();
			ended.run();
		});
		if (this.stopping) {
			stream.end();
		}
		return emitter;
	}

	private Duration lifetime() {
		return Caller.of(this.http).flatMap((caller) -> caller.lifetime(Instant.now())).orElse(UNBOUNDED);
	}

	private void beat() {
		this.streams.forEach((stream, source) -> stream.sendIfIdle(source.heartbeat()));
	}

	@Override
	public void start() {
		this.stopping = false;
		ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "stream-heartbeat");
			thread.setDaemon(true);
			return thread;
		});
		this.heart = started;
		long pause = this.properties.heartbeat().toMillis();
		ScheduledFuture<?> unused = started.scheduleWithFixedDelay(this::beat, pause, pause, TimeUnit.MILLISECONDS);
	}

	@Override
	public void stop() {
		this.stopping = true;
		ScheduledExecutorService stopped = this.heart;
		this.heart = null;
		if (stopped != null) {
			stopped.shutdownNow();
		}
		this.streams.keySet().forEach(EventStream::end);
	}

	@Override
	public boolean isRunning() {
		return this.heart != null;
	}

	// Before the web server's graceful shutdown, whose phase is 1024 lower.
	@Override
	public int getPhase() {
		return DEFAULT_PHASE;
	}

}
