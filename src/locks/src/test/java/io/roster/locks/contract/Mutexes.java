package io.roster.locks.contract;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * What {@link MutexContract} asks of an implementation: turns at a lock.
 */
public interface Mutexes {

	/**
	 * Queues for a turn. When this returns the place need not be in the queue yet.
	 * @param lock the name of the lock
	 * @return the turn
	 */
	Turn queue(String lock);

	/**
	 * Takes a turn if it can be had at once.
	 * @param lock the name of the lock
	 * @return the turn, or {@code null} if the lock is not free
	 * @throws Exception if the implementation fails
	 */
	@Nullable Turn tryNow(String lock) throws Exception;

	/**
	 * Counts holders and waiters.
	 * @param lock the name of the lock
	 * @return how many there are
	 * @throws Exception if the implementation fails
	 */
	int places(String lock) throws Exception;

	/**
	 * One turn.
	 */
	interface Turn {

		/**
		 * Completes when the turn has come.
		 * @return the future
		 */
		CompletableFuture<?> begun();

		/**
		 * Gives the lock back, or the place up.
		 * @throws Exception if the implementation fails
		 */
		void end() throws Exception;

	}

}
