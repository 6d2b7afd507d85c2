package io.roster.locks.client;

import java.time.Duration;

/**
 * Runs something later. What is run must not block.
 */
@FunctionalInterface
interface Timer {

	/**
	 * Runs something once.
	 * @return takes it back, if it has not run
	 */
	Runnable after(Duration delay, Runnable task);

}
