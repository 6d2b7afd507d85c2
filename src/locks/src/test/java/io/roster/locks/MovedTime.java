package io.roster.locks;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A monotonic clock that runs, and can be moved on.
 */
final class MovedTime implements LongSupplier {

	private final AtomicLong moved = new AtomicLong();

	@Override
	public long getAsLong() {
		return System.nanoTime() + this.moved.get();
	}

	void advance(Duration by) {
		this.moved.addAndGet(by.toNanos());
	}

}
