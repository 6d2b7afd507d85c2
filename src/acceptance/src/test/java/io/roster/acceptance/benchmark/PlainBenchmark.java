package io.roster.acceptance.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The same three changes with plain Spring Cloud ZooKeeper and its defaults: the load
 * balancer's cache of 35 s, and sessions of 60 s, of which an ensemble with ticks of 2 s
 * grants 40. Each takes a minute, so that few are measured; they are spread over one
 * round of the cache, at random.
 */
final class PlainBenchmark {

	private static final String SERVICE = "plainsvc";

	private static final Duration CACHE = Duration.ofSeconds(35);

	private static final Duration BOUND = Duration.ofSeconds(150);

	private static final int OTHERS = 2;

	private static final int FIRST_STOPPED = 100;

	private static final int FIRST_KILLED = 200;

	private static final int FIRST_STARTED = 300;

	private final String connectString;

	/** The same at each run. */
	private final Random random = new Random(35);

	private final List<ChildProcess> processes = new ArrayList<>();

	private final Map<String, Expected> expected = new HashMap<>();

	PlainBenchmark(String connectString) {
		this.connectString = connectString;
	}

	/**
	 * Measures once.
	 * @param count how many starts and stops
	 * @param kills how many kills, each of a process of its own
	 * @return what was measured
	 */
	Figures run(int count, int kills) throws Exception {
		Figures figures = Figures.empty();
		try {
			ChildProcess provider = provider();
			start(provider, 1, OTHERS);
			start(provider, FIRST_STOPPED, count);
			List<Action> actions = new ArrayList<>();
			for (int i = 0; i < kills; i++) {
				ChildProcess doomed = provider();
				start(doomed, FIRST_KILLED + i, 1);
				actions.add(action("- " + (FIRST_KILLED + i), doomed::kill, figures.kills()));
			}
			for (int i = 0; i < count; i++) {
				int stopped = FIRST_STOPPED + i;
				int started = FIRST_STARTED + i;
				actions.add(action("- " + stopped, () -> provider.send("stop " + stopped), figures.stops()));
				actions.add(action("+ " + started, () -> provider.send("start " + started), figures.starts()));
			}
			actions.sort(Comparator.comparing(Action::after));
			ChildProcess consumer = add(
					ChildProcess.launchWithoutRoster(PlainConsumer.class, this.connectString, SERVICE));
			consumer.awaitReady();
			awaitKnown(consumer, OTHERS + count + kills);
			measure(consumer, new ArrayDeque<>(actions));
			return figures;
		}
		finally {
			this.processes.forEach(ChildProcess::close);
		}
	}

	private ChildProcess provider() throws Exception {
		return add(ChildProcess.launchWithoutRoster(PlainProvider.class, this.connectString, SERVICE)).awaitReady();
	}

	private ChildProcess add(ChildProcess process) {
		this.processes.add(process);
		return process;
	}

	/** Returns when they stand, so that the consumer's first list has them. */
	private static void start(ChildProcess provider, int first, int count) throws Exception {
		for (int port = first; port < first + count; port++) {
			provider.send("start " + port);
			if (provider.next(BOUND) == null) {
				throw new IllegalStateException(port + " was not registered in " + BOUND);
			}
		}
	}

	private Action action(String seen, Call call, Samples samples) {
		return new Action(Duration.ofMillis(this.random.nextLong(CACHE.toMillis())), seen, call, samples);
	}

	private static void awaitKnown(ChildProcess consumer, int count) throws InterruptedException {
		for (int i = 0; i < count; i++) {
			if (consumer.next(BOUND) == null) {
				throw new IllegalStateException("the consumer knows " + i + " of " + count + " instances");
			}
		}
	}

	private void measure(ChildProcess consumer, Deque<Action> actions) throws Exception {
		long begin = System.nanoTime();
		while (!actions.isEmpty() || !this.expected.isEmpty()) {
			Action next = actions.peek();
			Duration until = ((next != null) ? next.after() : BOUND).minusNanos(System.nanoTime() - begin);
			ChildProcess.Line line = until.isNegative() ? null : consumer.next(until);
			if (line != null) {
				seen(line);
			}
			else if (next != null) {
				actions.remove();
				this.expected.put(next.seen(), new Expected(System.nanoTime(), next.samples()));
				next.call().run();
			}
			else {
				throw new IllegalStateException("not seen in " + BOUND + ": " + this.expected.keySet());
			}
		}
	}

	private void seen(ChildProcess.Line line) {
		Expected expected = this.expected.remove(line.text());
		if (expected == null) {
			throw new IllegalStateException("the consumer says what nobody did: " + line.text());
		}
		expected.samples().add(line.nanos() - expected.since());
	}

	private record Action(Duration after, String seen, Call call, Samples samples) {
	}

	private record Expected(long since, Samples samples) {
	}

	@FunctionalInterface
	private interface Call {

		void run() throws IOException;

	}

}
