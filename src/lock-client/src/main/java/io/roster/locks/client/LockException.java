package io.roster.locks.client;

import org.jspecify.annotations.Nullable;

/**
 * A lock operation that did not come to an orderly end. That a lock is held by somebody
 * else is no exception unless the caller asked for one.
 */
public abstract sealed class LockException extends RuntimeException permits LockUnavailableException,
		LockRefusedException, LockAccessDeniedException, LockTimeoutException, LeaseLostException, DeadlockException {

	private static final long serialVersionUID = 1L;

	LockException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
