package io.roster.coordination;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When a mirror may try again to read its subtree. Guarded by the mirror's lock. */
final class Backoff {

	/** More than that, and what was learned of the sizes is not the cure. */
	private static final int QUICK_ATTEMPTS = 20;

	private static final Duration FIRST = Duration.ofMillis(500);

	private static final int MOST_DOUBLINGS = 7;

	/** A refusal ends when somebody corrects an ACL, and waits for this. */
	private static final int MOST_DOUBLINGS_OF_A_REFUSAL = 4;

	private final LongSupplier ticker;

	private int failures;

	private int slowFailures;

	private long since;

	private Duration pause = Duration.ZERO;

	Backoff(LongSupplier ticker) {
		this.ticker = ticker;
	}

	boolean isOver() {
		return this.ticker.getAsLong() - this.since >= this.pause.toNanos();
	}

	/** Whether this is the first pause since the last success: the one to log. */
	boolean isFirst() {
		return this.slowFailures == 1;
	}

	void succeeded() {
		this.failures = 0;
		this.slowFailures = 0;
		this.pause = Duration.ZERO;
	}

	/**
	 * An attempt failed.
	 * @param connectionLost the next attempt follows the next connection at once, for as
	 * long as smaller reads may be the cure
	 */
	void failed(boolean connectionLost) {
		this.failures++;
		if (!connectionLost || this.failures > QUICK_ATTEMPTS) {
			hopeless();
		}
	}

	/** The ensemble answers, and does not let this process read. */
	void refused() {
		this.failures++;
		slow(MOST_DOUBLINGS_OF_A_REFUSAL);
	}

	/** The next attempt would fail as well unless somebody does something. */
	void hopeless() {
		slow(MOST_DOUBLINGS);
	}

	private void slow(int mostDoublings) {
		this.pause = FIRST.multipliedBy(1L << Math.min(this.slowFailures, mostDoublings));
		this.slowFailures++;
		this.since = this.ticker.getAsLong();
	}

}
