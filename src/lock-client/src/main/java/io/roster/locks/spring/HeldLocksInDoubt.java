package io.roster.locks.spring;

import java.util.Set;

/**
 * Published as an application event when the application's own ZooKeeper connection can
 * no longer vouch for the locks that it holds. Once per change, and not if none is held;
 * on Curator's thread for the state of the connection, where a listener must not block.
 *
 * @param state what is known
 * @param locks the names of the locks that are held
 */
public record HeldLocksInDoubt(State state, Set<String> locks) {

	/**
	 * Copies the names.
	 */
	public HeldLocksInDoubt {
		locks = Set.copyOf(locks);
	}

	/**
	 * What is known about the locks.
	 */
	public enum State {

		/**
		 * The connection is gone. The locks are held for as long as the session lives,
		 * which cannot be seen from here.
		 */
		SUSPENDED,

		/** The session is over, and others hold the locks. */
		LOST

	}

}
