package io.roster.acceptance.cluster.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.roster.acceptance.cluster.load.Summary.Part;

/**
 * Counts the calls of one kind of client. Safe for use by many threads.
 */
final class Tally {

	private static final int MOST_FAILURES = 10;

	private final LongSupplier ticker;

	private final List<String> failures = new ArrayList<>();

	private long done;

	private long retried;

	private long failed;

	private long lastDone;

	private long longestGap;

	private long longestCall;

	/**
	 * A tally that begins now.
	 * @param ticker the time in nanoseconds
	 */
	Tally(LongSupplier ticker) {
		this.ticker = ticker;
		this.lastDone = ticker.getAsLong();
	}

	long now() {
		return this.ticker.getAsLong();
	}

	synchronized void succeeded(long began) {
		long now = now();
		this.done++;
		this.longestCall = Math.max(this.longestCall, now - began);
		this.longestGap = Math.max(this.longestGap, now - this.lastDone);
		this.lastDone = now;
	}

	synchronized void retried() {
		this.retried++;
	}

	synchronized void failed(String why) {
		this.failed++;
		if (this.failures.size() < MOST_FAILURES) {
			this.failures.add(why);
		}
	}

	synchronized long done() {
		return this.done;
	}

	synchronized Part part() {
		long gap = Math.max(this.longestGap, now() - this.lastDone);
		return new Part(this.done, this.retried, this.failed, TimeUnit.NANOSECONDS.toMillis(gap),
				TimeUnit.NANOSECONDS.toMillis(this.longestCall), List.copyOf(this.failures));
	}

}
