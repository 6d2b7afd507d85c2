package io.roster.locks;

import java.util.TreeSet;

/**
 * What is to be done later, on a monotonic clock that somebody else reads. Confined:
 * every call is made inside the {@link Serial} of its owner.
 */
final class Timers {

	private final TreeSet<Timer> pending = new TreeSet<>();

	private long made;

	/**
	 * Plans an action.
	 * @param at when, in the nanoseconds of the owner's ticker
	 * @param action what
	 * @return cancels it
	 */
	Timer at(long at, Runnable action) {
		Timer timer = new Timer(this, at, this.made++, action);
		this.pending.add(timer);
		return timer;
	}

	/**
	 * Runs what is due, in the order of its time.
	 * @param now the ticker's time
	 */
	void runDue(long now) {
		while (!this.pending.isEmpty() && this.pending.first().at - now <= 0) {
			Timer due = this.pending.first();
			this.pending.remove(due);
			due.action.run();
		}
	}

	int size() {
		return this.pending.size();
	}

	/**
	 * One planned action.
	 */
	static final class Timer implements Comparable<Timer> {

		private final Timers owner;

		private final long at;

		private final long number;

		private final Runnable action;

		private Timer(Timers owner, long at, long number, Runnable action) {
			this.owner = owner;
			this.at = at;
			this.number = number;
			this.action = action;
		}

		/** Forgets the action. Does nothing if it has run. */
		void cancel() {
			this.owner.pending.remove(this);
		}

		@Override
		public int compareTo(Timer other) {
			// Differences, not values: a monotonic clock may run over.
			int byTime = Long.signum(this.at - other.at);
			return (byTime != 0) ? byTime : Long.compare(this.number, other.number);
		}

		@Override
		public boolean equals(Object other) {
			return this == other;
		}

		@Override
		public int hashCode() {
			return Long.hashCode(this.number);
		}

	}

}
