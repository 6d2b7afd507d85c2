package io.roster.acceptance.lockfaults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Acquires locks at random, writes under them, and gives them back; and now and then it
 * is paused for longer than its TTL.
 */
abstract class Client implements Runnable {

	private static final int LONGEST_WAIT_MS = 6_000;

	/**
	 * For a machine that stalls: what it is not to hide is an acquire that never ends.
	 */
	private static final Duration SLACK = Duration.ofSeconds(90);

	private final String name;

	private final Random random;

	private final History history;

	private final GuardedResources resources;

	private final AtomicBoolean over;

	Client(String name, long seed, History history, AtomicBoolean over, GuardedResources resources) {
		this.name = name;
		this.random = new Random(seed);
		this.history = history;
		this.over = over;
		this.resources = resources;
	}

	@Override
	public void run() {
		while (!this.over.get()) {
			Duration ttl = between(2_000, 4_000);
			Duration wait = chance(10) ? Duration.ZERO : between(0, LONGEST_WAIT_MS);
			Aim aim = aim();
			int acquisition = this.history.called(this.name, aim, wait, wait.plus(SLACK));
			acquire(new Wanted(acquisition, aim, ttl, wait, chance(6)));
			Pause.of(between(0, 100));
		}
	}

	/** A mutex, now and then several at once, a page to be read or written, a pool. */
	private Aim aim() {
		int kind = this.random.nextInt(100);
		if (kind < 25) {
			return new Aim(List.of(oneOf(Fleet.PAGES)), chance(60));
		}
		if (kind < 45) {
			return new Aim(List.of(oneOf(Fleet.POOLS)), chance(50));
		}
		if (kind < 65) {
			List<String> bikes = new ArrayList<>(Fleet.BIKES);
			Collections.shuffle(bikes, this.random);
			return new Aim(List.copyOf(bikes.subList(0, 2 + this.random.nextInt(2))), false);
		}
		return Aim.of(oneOf(Fleet.BIKES));
	}

	private String oneOf(List<String> locks) {
		return locks.get(this.random.nextInt(locks.size()));
	}

	/** Acquires, works, and gives back; every step is taken down. */
	abstract void acquire(Wanted wanted);

	/** What is done while a lock is held, or believed to be. */
	void work(Wanted wanted, Holding holding) {
		for (int step = this.random.nextInt(3); step >= 0; step--) {
			write(wanted, holding);
			Pause.of(between(0, 120));
			holding.keep();
		}
		if (wanted.paused()) {
			Pause.of(wanted.ttl().plus(between(500, 2_500)));
			// It does not look before it writes: it has looked before it was paused.
			write(wanted, holding);
		}
		else if (holding.isHeld()) {
			write(wanted, holding);
		}
	}

	/** Who shares a lock has no token for a write; it looks whether it still holds. */
	private void write(Wanted wanted, Holding holding) {
		List<String> written = wanted.aim().written();
		written.forEach((lock) -> this.resources.write(wanted.acquisition(), lock, holding.token(), holding::isHeld));
		if (written.isEmpty()) {
			holding.isHeld();
		}
	}

	String name() {
		return this.name;
	}

	void add(Event event) {
		this.history.add(event);
	}

	void ended(Wanted wanted, Event.Outcome outcome, String detail) {
		add(new Event.Ended(wanted.acquisition(), outcome, detail, System.nanoTime()));
	}

	boolean chance(int percent) {
		return this.random.nextInt(100) < percent;
	}

	Duration between(int fromMs, int toMs) {
		return Duration.ofMillis(this.random.nextInt(fromMs, toMs + 1));
	}

	int any(int bound) {
		return this.random.nextInt(bound);
	}

	/**
	 * What is to be acquired.
	 *
	 * @param paused whether the client is paused while it holds the lock
	 */
	record Wanted(int acquisition, Aim aim, Duration ttl, Duration patience, boolean paused) {

		Map<String, String> metadata() {
			return Map.of(TransactionLogs.ACQUISITION, Integer.toString(this.acquisition));
		}

	}

	/** A lock that was granted. */
	interface Holding {

		long token();

		/** Whether it is held by the own deadline; what that is, is taken down. */
		boolean isHeld();

		/** What a holder does from time to time. */
		void keep();

	}

}
