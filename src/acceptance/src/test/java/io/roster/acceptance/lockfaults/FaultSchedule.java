package io.roster.acceptance.lockfaults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets faults happen, at random and three at once at most: each kind once, in a shuffled
 * order, and then all of them again.
 */
final class FaultSchedule {

	private static final Logger log = LoggerFactory.getLogger(FaultSchedule.class);

	private static final int AT_ONCE = 3;

	private static final Duration END_BOUND = Duration.ofMinutes(5);

	private final Random random;

	private final List<Replica> replicas;

	private final Members members;

	private final Deque<Fault> deck = new ArrayDeque<>();

	private final Map<String, CompletableFuture<Void>> running = new HashMap<>();

	private final Map<String, Integer> counts = new TreeMap<>();

	FaultSchedule(long seed, List<Replica> replicas, Members members) {
		this.random = new Random(seed);
		this.replicas = replicas;
		this.members = members;
	}

	/**
	 * Lets faults begin for a time, and waits until all have ended.
	 * @return how many of each kind there were
	 * @throws Exception if one could not be done, or undone
	 */
	Map<String, Integer> run(Duration time) throws Exception {
		long end = System.nanoTime() + time.toNanos();
		while (System.nanoTime() - end < 0) {
			forgetEnded();
			if (this.running.size() < AT_ONCE) {
				begin(next());
			}
			Pause.of(Duration.ofMillis(this.random.nextInt(500, 2_000)));
		}
		CompletableFuture.allOf(this.running.values().toArray(CompletableFuture[]::new))
			.get(END_BOUND.toSeconds(), TimeUnit.SECONDS);
		return this.counts;
	}

	private void forgetEnded() throws Exception {
		for (Map.Entry<String, CompletableFuture<Void>> each : Map.copyOf(this.running).entrySet()) {
			if (each.getValue().isDone()) {
				each.getValue().get();
				this.running.remove(each.getKey());
			}
		}
	}

	private Fault next() {
		if (this.deck.isEmpty()) {
			List<Fault> all = new ArrayList<>(Fault.oneOfEach(this.random, this.replicas, this.members));
			Collections.shuffle(all, this.random);
			this.deck.addAll(all);
		}
		return this.deck.removeFirst();
	}

	private void begin(Fault fault) {
		if (this.running.containsKey(fault.place())) {
			this.deck.addLast(fault);
			return;
		}
		log.info("{}: {}", fault.place(), fault.name());
		this.counts.merge(fault.name(), 1, Integer::sum);
		CompletableFuture<Void> ended = new CompletableFuture<>();
		this.running.put(fault.place(), ended);
		Thread thread = new Thread(() -> {
			try {
				fault.happening().happen();
				ended.complete(null);
			}
			catch (Exception | AssertionError ex) {
				ended.completeExceptionally(ex);
			}
		}, fault.name());
		thread.setDaemon(true);
		thread.start();
	}

}
