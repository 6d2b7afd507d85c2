package io.roster.locks.client;

/**
 * Waiting for the lock would have closed a cycle of owners who wait for each other, and
 * the options ask to be refused then. Nothing was left in the queue. The message names
 * owners and locks. Giving back what is held, and trying later, lets the others go on.
 *
 * @see AcquireOptions#withOnDeadlock(io.roster.locks.OnDeadlock)
 */
public final class DeadlockException extends LockException {

	private static final long serialVersionUID = 1L;

	DeadlockException(String message) {
		super(message, null);
	}

}
