package io.roster.acceptance.benchmark;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

import io.roster.acceptance.Http;
import io.roster.acceptance.RunningApplication;
import io.roster.acceptance.lockfaults.Witness;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Thousands of clients that wait for one lock at one replica, each with a call over HTTP:
 * what the replica keeps for each, its threads, and how long it takes to pass the lock
 * on.
 */
final class WaitersBenchmark {

	private static final Duration POLL = Duration.ofMillis(200);

	private static final Duration BOUND = Duration.ofSeconds(120);

	private static final int WARM_UP = 3_000;

	private final RunningApplication service;

	private final Report report;

	WaitersBenchmark(RunningApplication service, Report report) {
		this.service = service;
		this.report = report;
	}

	/**
	 * Measures, and then once more with every call watched.
	 * @param waiters how many
	 * @param witness watches the last of it
	 */
	void run(int waiters, Witness witness) throws Exception {
		pass("warm-up", WARM_UP, null);
		awaitWaiting("warm-up", 0);
		Samples few = pass("few", 100, null);
		long empty = LiveHeap.bytes(this.service.pid());
		int threads = threads();
		Samples handovers;
		try (HttpWaiters clients = new HttpWaiters(this.service.uri(""), "many", null)) {
			clients.add(waiters + 1);
			awaitWaiting("many", waiters);
			long full = LiveHeap.bytes(this.service.pid());
			int more = threads() - threads;
			handovers = pass(clients, waiters);
			this.report.row(
					String.format(Locale.ROOT, "%,d clients wait for one lock at one replica, over HTTP", waiters),
					String.format(Locale.ROOT, "%,d bytes of heap and %.3f threads each", (full - empty) / waiters,
							(double) Math.max(0, more) / waiters),
					"", "");
		}
		this.report.row("the lock is passed on from each to the next", handovers.toString(), "among 100: " + few, "");
		this.report.row("the same with the history checker watching", pass("watched", waiters, witness).toString(), "",
				"");
	}

	private Samples pass(String lock, int waiters, @Nullable Witness witness) throws Exception {
		try (HttpWaiters clients = new HttpWaiters(this.service.uri(""), lock, witness)) {
			clients.add(waiters + 1);
			awaitWaiting(lock, waiters);
			return pass(clients, waiters);
		}
	}

	private static Samples pass(HttpWaiters clients, int waiters) throws Exception {
		Samples handovers = new Samples();
		clients.pass(waiters, handovers, BOUND);
		return handovers;
	}

	private void awaitWaiting(String lock, int count) {
		long end = System.nanoTime() + BOUND.toNanos();
		while (waiting(lock) != count) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException(waiting(lock) + " clients wait for " + lock + ", and not " + count);
			}
			LockSupport.parkNanos(POLL.toNanos());
		}
	}

	private int waiting(String lock) {
		for (JsonNode each : Http.get(this.service.uri("/api/v1/locks")).json().get("locks")) {
			if (each.get("name").asString().equals(lock)) {
				return each.get("waiters").asInt();
			}
		}
		return 0;
	}

	private int threads() {
		return Http.get(this.service.uri("/actuator/prometheus"))
			.body()
			.lines()
			.filter((line) -> line.startsWith("jvm_threads_live_threads"))
			.mapToInt((line) -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.findFirst()
			.orElseThrow();
	}

}
