package io.roster.locks.client;

import java.util.UUID;

/**
 * Told to whoever holds a lock that it holds it no longer, although it did not give it
 * back. What the lock protects may be in somebody else's hands.
 *
 * @param lock the lock's name
 * @param lease the lease that has ended
 * @param fencingToken its token; writes with it are refused from the moment on at which
 * the next holder writes
 * @param reason why
 * @param detail a sentence for people, the service's own where it said one
 */
public record LostLock(String lock, UUID lease, long fencingToken, Reason reason, String detail) {

	/**
	 * Why a lock was lost.
	 */
	public enum Reason {

		/**
		 * The own deadline passed without an answer to a renewal, or without a renewal.
		 * Nobody else held the lock until then.
		 */
		EXPIRED,

		/**
		 * The service says that the lease is gone: it was removed at once by an operator,
		 * or it expired while this process was paused.
		 */
		GONE,

		/** An operator asked for the lock back; the detail is the operator's reason. */
		REVOKED,

		/** The client was closed while the lock was held, which gave it back. */
		CLIENT_CLOSED

	}

}
