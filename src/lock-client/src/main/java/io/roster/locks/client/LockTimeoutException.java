package io.roster.locks.client;

/**
 * The lock was not free within the wait that was asked for. The place in the queue has
 * been given up.
 */
public final class LockTimeoutException extends LockException {

	private static final long serialVersionUID = 1L;

	LockTimeoutException(String message) {
		super(message, null);
	}

}
