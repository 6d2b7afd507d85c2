package io.roster.locks.client;

/**
 * The lease is surely gone: it expired, or an operator revoked it. Whatever the lock
 * protects may be in somebody else's hands.
 */
public final class LeaseLostException extends LockException {

	private static final long serialVersionUID = 1L;

	LeaseLostException(String message) {
		super(message, null);
	}

}
