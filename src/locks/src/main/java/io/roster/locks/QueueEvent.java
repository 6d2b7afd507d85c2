package io.roster.locks;

/**
 * What a replica tells those who watch a queue, or all queues. Every event names the
 * state of all locks that it leads to, as {@link LockView#revision()} does.
 */
public sealed interface QueueEvent {

	/**
	 * Names the state of all locks after it; compared for equality only.
	 * @return the revision
	 */
	String revision();

	/**
	 * The whole queue, told first, and again where it is not known what has happened in
	 * between: after the connection was lost, or when more happened than could be told.
	 *
	 * @param view the queue
	 */
	record Snapshot(LockView view) implements QueueEvent {

		@Override
		public String revision() {
			return this.view.revision();
		}

	}

	/**
	 * The same to those who watch all queues.
	 *
	 * @param locks all locks
	 */
	record AllLocks(LockList locks) implements QueueEvent {

		@Override
		public String revision() {
			return this.locks.revision();
		}

	}

	/**
	 * A place is new.
	 *
	 * @param revision the state after it
	 * @param place the place
	 */
	record Added(String revision, Place place) implements QueueEvent {
	}

	/**
	 * A place that waited holds its lock, or another owner, TTL or revocation stands in
	 * it. A renewal alone is not told.
	 *
	 * @param revision the state after it
	 * @param place the place as it is now
	 */
	record Updated(String revision, Place place) implements QueueEvent {
	}

	/**
	 * A place is gone.
	 *
	 * @param revision the state after it
	 * @param place the place as it was known last
	 */
	record Removed(String revision, Place place) implements QueueEvent {
	}

}
