package io.roster.locks;

import java.util.List;

/**
 * How an acquire ended.
 */
public sealed interface AcquireResult {

	/**
	 * The lease holds the lock. A write that was made for this call has committed before.
	 *
	 * @param lease the lease, with its fencing token
	 */
	record Held(Lease lease) implements AcquireResult {
	}

	/**
	 * The wait has passed. The place is kept for the TTL, and the same request goes on
	 * waiting in it.
	 *
	 * @param lease the lease, without a token
	 */
	record Waiting(Lease lease) implements AcquireResult {
	}

	/**
	 * The lock is not free and the request did not want to wait. Nothing is left behind.
	 *
	 * @param holders who held the lock; may be empty when they have left since
	 */
	record Refused(List<Place> holders) implements AcquireResult {

		public Refused {
			holders = List.copyOf(holders);
		}

	}

	/**
	 * The queue is of a kind that does not have this mode. Nothing is left behind.
	 *
	 * @param kind what the lock is
	 */
	record WrongKind(LockKind kind) implements AcquireResult {
	}

	/**
	 * The lease stands in the queue with another mode than the one asked for. It stays
	 * what it is.
	 *
	 * @param mode how it was asked for first
	 */
	record OtherMode(Mode mode) implements AcquireResult {
	}

	/**
	 * The lease was released, or its place removed by somebody, while the call waited.
	 * Its id may not be used again.
	 */
	record Gone() implements AcquireResult {
	}

}
