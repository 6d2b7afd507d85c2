package io.roster.acceptance.lockfaults;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets time pass where that is what is wanted: a fault that lasts, a holder that works.
 * Nothing is expected to have happened when it ends.
 */
final class Pause {

	private Pause() {
	}

	static void of(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		for (long rest = time.toNanos(); rest > 0; rest = end - System.nanoTime()) {
			LockSupport.parkNanos(rest);
		}
	}

}
