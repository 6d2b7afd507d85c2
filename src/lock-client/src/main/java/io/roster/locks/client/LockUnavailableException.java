package io.roster.locks.client;

import org.jspecify.annotations.Nullable;

/**
 * No replica of the lock service gave an answer within the bound. What the call did is
 * unknown; a lease that it may have left behind is given back in the background, and
 * otherwise ends by its TTL.
 */
public final class LockUnavailableException extends LockException {

	private static final long serialVersionUID = 1L;

	LockUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
