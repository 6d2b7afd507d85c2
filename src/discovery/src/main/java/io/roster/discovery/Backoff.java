package io.roster.discovery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing pauses between attempts: from a tenth of a second, doubled each time, up to
 * five seconds; a random quarter less, so that those that failed together do not come
 * back together.
 */
final class Backoff {

	private static final long FIRST_MS = 100;

	private static final long LONGEST_MS = 5_000;

	private final RandomGenerator random;

	private long next = FIRST_MS;

	Backoff(RandomGenerator random) {
		this.random = random;
	}

	Duration next() {
		long pause = this.next;
		this.next = Math.min(pause * 2, LONGEST_MS);
		return Duration.ofMillis(pause - this.random.nextLong(pause / 4));
	}

	/**
	 * Whether no attempt has failed since the last success.
	 * @return {@code true} before the first pause
	 */
	boolean fresh() {
		return this.next == FIRST_MS;
	}

	void reset() {
		this.next = FIRST_MS;
	}

}
