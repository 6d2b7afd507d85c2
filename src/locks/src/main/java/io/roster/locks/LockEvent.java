package io.roster.locks;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a replica did for a lease. Each event is told by one replica, the one that did it.
 */
public sealed interface LockEvent {

	/**
	 * A lease holds its lock, told once.
	 *
	 * @param lease the lease, with its token
	 * @param queued whether it stood behind somebody before
	 * @param waited how long the call waited that is answered so
	 */
	record Granted(Lease lease, boolean queued, Duration waited) implements LockEvent {
	}

	/**
	 * A place is gone, by this replica's doing.
	 *
	 * @param lock the name of the lock
	 * @param node the name of the place's znode
	 * @param lease the lease; absent where the place was none
	 * @param owner the owner, if it is known
	 * @param cause why
	 * @param held how long it held the lock, as far as this replica has seen it; absent
	 * where it did not, or that is not known
	 * @param reason what the operator said; absent for other causes
	 */
	record Ended(String lock, String node, @Nullable String lease, @Nullable String owner, Cause cause,
			@Nullable Duration held, @Nullable String reason) implements LockEvent {
	}

	/**
	 * A lease was revoked: its renewals are refused from now on.
	 *
	 * @param lock the name of the lock
	 * @param node the name of the place's znode
	 * @param lease the lease
	 * @param owner the owner, if there is one
	 * @param reason what the operator said
	 */
	record Revoked(String lock, String node, String lease, @Nullable String owner, String reason) implements LockEvent {
	}

	/**
	 * An acquire was answered.
	 *
	 * @param lock the name of the lock
	 * @param outcome how
	 * @param waited how long it took
	 */
	record Answered(String lock, Outcome outcome, Duration waited) implements LockEvent {
	}

	/**
	 * A renewal was refused, because its lease is gone, revoked or another principal's.
	 *
	 * @param lock the name of the lock
	 * @param lease the lease
	 */
	record RenewalRefused(String lock, String lease) implements LockEvent {
	}

	/** Why a place is gone. */
	enum Cause {

		/** Its client gave it back or up. */
		RELEASED,

		/** Nobody wrote to it for its TTL. */
		EXPIRED,

		/** An operator removed it. */
		FORCED

	}

	/** How an acquire ended. */
	enum Outcome {

		/** It holds. */
		HELD,

		/** The wait has passed; the place is kept. */
		WAITING,

		/** The lock was not free and the call did not wait. */
		REFUSED,

		/** The lock or the lease does not have the mode. */
		WRONG_MODE,

		/** A limit is reached. */
		LIMITED,

		/** It would have waited for itself over others. */
		DEADLOCK,

		/** The lease belongs to another principal. */
		NOT_YOURS,

		/** Released, removed or revoked while it waited. */
		GONE,

		/** The client has gone, or stopped waiting. */
		ABANDONED,

		/** The ensemble did not answer. */
		UNAVAILABLE

	}

}
