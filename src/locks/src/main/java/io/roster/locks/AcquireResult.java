package io.roster.locks;

import java.util.List;

/**
 * How an acquire ended.
 */
public sealed interface AcquireResult {

	/**
	 * The same in a word, for those who count.
	 * @return the outcome
	 */
	LockEvent.Outcome outcome();

	/**
	 * The lease holds the lock. A write that was made for this call has committed before.
	 *
	 * @param lease the lease, with its fencing token
	 */
	record Held(Lease lease) implements AcquireResult {

		@Override
		public LockEvent.Outcome outcome() {
			return LockEvent.Outcome.HELD;
		}
	}

	/**
	 * The wait has passed. The place is kept for the TTL, and the same request goes on
	 * waiting in it.
	 *
	 * @param lease the lease, without a token
	 */
	record Waiting(Lease lease) implements AcquireResult {

		@Override
		public LockEvent.Outcome outcome() {
			return LockEvent.Outcome.WAITING;
		}
	}

	/**
	 * The lock is not free and the request did not want to wait. Nothing is left behind.
	 *
	 * @param holders who held the lock; may be empty when they have left since
	 */
	record Refused(List<Place> holders) implements AcquireResult {

		@Override
		public LockEvent.Outcome outcome() {
			return LockEvent.Outcome.REFUSED;
		}

		public Refused {
			holders = List.copyOf(holders);
		}

	}

	/**
	 * The request would have waited for its own owner, over others who wait, and asked to
	 * be refused then. Nothing is left behind.
	 *
	 * @param cycle who waits for whom, from this owner on
	 */
	record Deadlocked(Deadlock cycle) implements AcquireResult {

		@Override
		public LockEvent.Outcome outcome() {
			return LockEvent.Outcome.DEADLOCK;
		}
	}

	/**
	 * The queue is of a kind that does not have this mode. Nothing is left behind.
	 *
	 * @param kind what the lock is
	 */
	record WrongKind(LockKind kind) implements AcquireResult {

		@Override
		public LockEvent.Outcome outcome() {
			return LockEvent.Outcome.WRONG_MODE;
		}
	}

	/**
	 * The lease stands in the queue with another mode than the one asked for. It stays
	 * what it is.
	 *
	 * @param mode how it was asked for first
	 */
	record OtherMode(Mode mode) implements AcquireResult {

		@Override
		public LockEvent.Outcome outcome() {
			return LockEvent.Outcome.WRONG_MODE;
		}
	}

	/**
	 * As many wait for the lock as may. Nothing was changed.
	 *
	 * @param limit how many may wait
	 */
	record QueueFull(int limit) implements AcquireResult {

		@Override
		public LockEvent.Outcome outcome() {
			return LockEvent.Outcome.LIMITED;
		}
	}

	/**
	 * There are as many locks as there may be, and this one is not among them. Nothing
	 * was changed.
	 *
	 * @param limit how many there may be
	 */
	record TooManyLocks(int limit) implements AcquireResult {

		@Override
		public LockEvent.Outcome outcome() {
			return LockEvent.Outcome.LIMITED;
		}
	}

	/**
	 * An operator has revoked the lease: its place goes when its TTL has passed. Its id
	 * may not be used again.
	 *
	 * @param reason what the operator said
	 */
	record Revoked(String reason) implements AcquireResult {

		@Override
		public LockEvent.Outcome outcome() {
			return LockEvent.Outcome.GONE;
		}
	}

	/**
	 * The lease belongs to another principal. Nothing was changed.
	 */
	record NotYours() implements AcquireResult {

		@Override
		public LockEvent.Outcome outcome() {
			return LockEvent.Outcome.NOT_YOURS;
		}
	}

	/**
	 * The lease was released, or its place removed by somebody, while the call waited.
	 * Its id may not be used again.
	 */
	record Gone() implements AcquireResult {

		@Override
		public LockEvent.Outcome outcome() {
			return LockEvent.Outcome.GONE;
		}
	}

}
