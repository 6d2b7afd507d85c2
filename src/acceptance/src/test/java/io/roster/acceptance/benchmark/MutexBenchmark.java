package io.roster.acceptance.benchmark;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Acquire and give back, in a closed loop: the lock service over HTTP against Curator's
 * {@code InterProcessMutex}, each load in a process of its own, on the same ensemble, in
 * turn.
 */
final class MutexBenchmark {

	private static final int ROUNDS = 5;

	private static final Duration ROUND = Duration.ofSeconds(4);

	/** For the compilers of all processes. */
	private static final Duration WARM_UP = Duration.ofSeconds(15);

	private static final Duration BOUND = Duration.ofSeconds(120);

	private static final String SEMAPHORE = "semaphore";

	private static final int PERMITS = 8;

	private static final List<Load> LOADS = List.of(new Load("1 client", 1, "own*"),
			new Load("16 clients, own locks", 16, "own*"), new Load("64 clients, own locks", 64, "own*"),
			new Load("16 clients, one lock", 16, "one"), new Load("64 clients, one lock", 64, "one"));

	private final URI service;

	private final ChildProcess rest;

	private final ChildProcess curator;

	private final Report report;

	private MutexBenchmark(URI service, ChildProcess rest, ChildProcess curator, Report report) {
		this.service = service;
		this.rest = rest;
		this.curator = curator;
		this.report = report;
	}

	static void run(URI service, String connectString, Report report) throws Exception {
		try (ChildProcess rest = ChildProcess.launchForSpeed(LockLoad.class, "rest", service.toString());
				ChildProcess curator = ChildProcess.launchForSpeed(LockLoad.class, "curator", connectString)) {
			new MutexBenchmark(service, rest.awaitReady(), curator.awaitReady(), report).measure();
		}
	}

	private void measure() throws Exception {
		declareSemaphore();
		for (String locks : List.of("own*", "one")) {
			run(this.rest, 64, locks, WARM_UP);
			run(this.curator, 64, locks, WARM_UP);
		}
		ask(this.rest, "forget");
		ask(this.curator, "forget");
		for (Load load : LOADS) {
			for (int round = 0; round < ROUNDS; round++) {
				run(this.rest, load.clients(), load.locks(), ROUND);
				run(this.curator, load.clients(), load.locks(), ROUND);
			}
			Told ours = tell(this.rest, load.clients(), load.locks());
			Told theirs = tell(this.curator, load.clients(), load.locks());
			row(load.name(), ours, "Curator", theirs);
		}
		Told mutex = tell(this.rest, 64, "one");
		for (int round = 0; round < ROUNDS; round++) {
			run(this.rest, 64, SEMAPHORE, ROUND);
		}
		row("64 clients, one semaphore of " + PERMITS, tell(this.rest, 64, SEMAPHORE), "mutex", mutex);
	}

	private void declareSemaphore() throws IOException {
		try (HttpConnection connection = new HttpConnection(this.service)) {
			HttpConnection.Answer answer = connection.send("PUT", "/api/v1/locks/" + SEMAPHORE,
					"{\"kind\":\"SEMAPHORE\",\"permits\":" + PERMITS + "}");
			if (!answer.ok()) {
				throw new IllegalStateException(answer.toString());
			}
		}
	}

	private void row(String name, Told ours, String peer, Told theirs) {
		this.report.row(name, "REST " + ours, peer + " " + theirs,
				String.format(Locale.ROOT, "%.2f", ours.perSecond() / theirs.perSecond()));
	}

	private static void run(ChildProcess load, int clients, String locks, Duration time) throws Exception {
		ask(load, "run " + clients + " " + locks + " " + time.toMillis());
	}

	private static Told tell(ChildProcess load, int clients, String locks) throws Exception {
		String[] words = ask(load, "tell " + clients + " " + locks).split(" ", -1);
		double seconds = ROUND.toMillis() / 1000.0 * ROUNDS;
		return new Told(Integer.parseInt(words[0]) / seconds, Double.parseDouble(words[1]),
				Double.parseDouble(words[2]));
	}

	private static String ask(ChildProcess load, String question) throws Exception {
		load.send(question);
		ChildProcess.Line answer = load.next(BOUND);
		if (answer == null) {
			throw new IllegalStateException("no answer to '" + question + "' in " + BOUND);
		}
		return answer.text();
	}

	private record Load(String name, int clients, String locks) {
	}

	private record Told(double perSecond, double median, double p99) {

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%,.0f pairs/s (%.1f/%.1f ms)", perSecond(), median(), p99());
		}

	}

}
