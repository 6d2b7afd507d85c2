package io.roster.acceptance.application;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;
import org.springframework.web.client.RestClient;

/**
 * Requests at a steady rate until it is stopped. One that finds too many others in flight
 * is left out.
 */
final class Load {

	private static final int MAX_IN_FLIGHT = 64;

	private static final Duration END = Duration.ofSeconds(55);

	private final RestClient client;

	private final String uri;

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Load::daemon);

	private final ExecutorService workers = Executors.newFixedThreadPool(MAX_IN_FLIGHT, Load::daemon);

	private final Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);

	private final AtomicLong sent = new AtomicLong();

	private final Map<String, LongAdder> servedBy = new ConcurrentHashMap<>();

	private final List<Outcomes.Failure> failures = new CopyOnWriteArrayList<>();

	Load(RestClient client, long answerAfterMs) {
		this.client = client;
		this.uri = "/bikes?ms=" + answerAfterMs;
	}

	void start(HttpMethod method, int perSecond) {
		if (perSecond > 0) {
			this.clock.scheduleAtFixedRate(() -> begin(method), 0, TimeUnit.SECONDS.toMicros(1) / perSecond,
					TimeUnit.MICROSECONDS);
		}
	}

	private void begin(HttpMethod method) {
		if (this.inFlight.tryAcquire()) {
			this.sent.incrementAndGet();
			this.workers.execute(() -> request(method));
		}
	}

	private void request(HttpMethod method) {
		long startedAt = System.currentTimeMillis();
		try {
			JsonNode answer = this.client.method(method).uri(this.uri).retrieve().body(JsonNode.class);
			String by = (answer != null) ? answer.path("servedBy").asString("unknown") : "unknown";
			this.servedBy.computeIfAbsent(by, (key) -> new LongAdder()).increment();
		}
		catch (RuntimeException ex) {
			this.failures.add(new Outcomes.Failure(method.name(), startedAt, System.currentTimeMillis(), describe(ex)));
		}
		finally {
			this.inFlight.release();
		}
	}

	private static String describe(Throwable failure) {
		Throwable cause = failure.getCause();
		return failure + ((cause != null) ? ", caused by " + describe(cause) : "");
	}

	Outcomes outcomes() {
		Map<String, Long> answers = new TreeMap<>();
		this.servedBy.forEach((by, count) -> answers.put(by, count.sum()));
		return new Outcomes(this.sent.get(), MAX_IN_FLIGHT - this.inFlight.availablePermits(), answers,
				List.copyOf(this.failures));
	}

	/** Begins no more, and waits for the outcomes of those in flight. */
	Outcomes stop() throws InterruptedException {
		this.clock.shutdownNow();
		boolean ticked = this.clock.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS);
		this.workers.shutdown();
		if (!ticked || !this.workers.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS)) {
			throw new IllegalStateException("requests without an outcome after " + END + ": " + outcomes());
		}
		return outcomes();
	}

	private static Thread daemon(Runnable work) {
		Thread thread = new Thread(work, "load");
		thread.setDaemon(true);
		return thread;
	}

}
