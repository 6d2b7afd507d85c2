package io.roster.locks;

import java.time.Duration;

/**
 * The ensemble cannot be reached, or did not answer in time. The outcome of a write is
 * unknown; every call may be repeated, at any replica, but a lease whose release was sent
 * may only be released again.
 */
public final class LocksUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Duration retryAfter;

	LocksUnavailableException(String message, Duration retryAfter) {
		super(message);
		this.retryAfter = retryAfter;
	}

	/**
	 * When to ask again.
	 * @return a time to wait, at least a second
	 */
	public Duration retryAfter() {
		return this.retryAfter;
	}

}
