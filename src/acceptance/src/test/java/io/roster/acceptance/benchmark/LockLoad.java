package io.roster.acceptance.benchmark;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.roster.coordination.Coordination;

/**
 * Clients in a closed loop, in a process of their own: each acquires a lock and gives it
 * back, again and again, in a thread of its own.
 */
final class LockLoad {

	private final PairFactory factory;

	/** What was measured, by what was asked for. */
	private final Map<String, Samples> measured = new HashMap<>();

	private LockLoad(PairFactory factory) {
		this.factory = factory;
	}

	/**
	 * Obeys {@code run <clients> <locks> <milliseconds>}, answered with {@code ran} when
	 * it is done; {@code forget}, which ends the warm-up; and {@code tell <clients>
	 * <locks>}, answered with how many pairs were done, and the median and 99th
	 * percentile of their milliseconds. A name of locks that ends with a {@code *} means
	 * a lock for each client.
	 * @param args {@code rest} and the address of a lock service, or {@code curator} and
	 * an ensemble
	 */
	public static void main(String[] args) throws Exception {
		LockLoad load = new LockLoad(factory(args[0], args[1]));
		ChildProcess.say(ChildProcess.READY);
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = input.readLine(); line != null; line = input.readLine()) {
			load.obey(line.split(" ", -1));
		}
		Runtime.getRuntime().halt(0);
	}

	private static PairFactory factory(String kind, String address) throws Exception {
		if (kind.equals("rest")) {
			RestPairs pairs = new RestPairs(URI.create(address));
			return pairs::pair;
		}
		Coordination coordination = Fixtures.connect(address);
		CuratorPairs pairs = new CuratorPairs(coordination.client());
		return pairs::pair;
	}

	private void obey(String[] words) throws Exception {
		switch (words[0]) {
			case "run" -> {
				Samples samples = this.measured.computeIfAbsent(words[1] + " " + words[2], (key) -> new Samples());
				run(Integer.parseInt(words[1]), words[2], Duration.ofMillis(Long.parseLong(words[3])), samples);
				ChildProcess.say("ran");
			}
			case "forget" -> {
				this.measured.clear();
				ChildProcess.say("forgotten");
			}
			case "tell" -> {
				Samples samples = this.measured.getOrDefault(words[1] + " " + words[2], new Samples());
				ChildProcess
					.say(String.format(Locale.ROOT, "%d %f %f", samples.count(), samples.median(), samples.millis(99)));
			}
			default -> throw new IllegalArgumentException(words[0]);
		}
	}

	private void run(int clients, String locks, Duration time, Samples samples) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(clients);
		try {
			List<Pair> pairs = new ArrayList<>();
			for (int client = 0; client < clients; client++) {
				pairs.add(this.factory.create(locks.endsWith("*") ? locks.replace("*", "-" + client) : locks));
			}
			long end = System.nanoTime() + time.toNanos();
			List<Future<Void>> loops = pairs.stream().map((pair) -> threads.submit(loop(pair, end, samples))).toList();
			for (Future<Void> loop : loops) {
				loop.get();
			}
			for (Pair pair : pairs) {
				pair.close();
			}
		}
		finally {
			threads.shutdown();
		}
	}

	private static Callable<Void> loop(Pair pair, long end, Samples samples) {
		return () -> {
			for (long start = System.nanoTime(); start - end < 0;) {
				pair.acquireAndRelease();
				long done = System.nanoTime();
				samples.add(done - start);
				start = done;
			}
			return null;
		};
	}

	/** One client of one lock. */
	interface Pair extends AutoCloseable {

		void acquireAndRelease() throws Exception;

		@Override
		void close() throws Exception;

	}

	@FunctionalInterface
	private interface PairFactory {

		Pair create(String lock) throws Exception;

	}

}
