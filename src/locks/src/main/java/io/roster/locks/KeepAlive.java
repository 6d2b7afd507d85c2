package io.roster.locks;

import org.jspecify.annotations.Nullable;

/**
 * When the node of a waiting call is to be written to again: every third of its TTL, from
 * its last write, until nobody waits in it.
 */
final class KeepAlive {

	private static final int WRITES_PER_TTL = 3;

	private final Replica replica;

	private final Runnable whenDue;

	private long lastWrite;

	private long committed;

	private long ttlNanos;

	private boolean due;

	private Timers.@Nullable Timer timer;

	KeepAlive(Replica replica, Runnable whenDue) {
		this.replica = replica;
		this.whenDue = whenDue;
	}

	/** A write that was sent then has committed just now. */
	void wrote(long sent, long ttlNanos) {
		stop();
		this.lastWrite = sent;
		this.committed = this.replica.now();
		this.ttlNanos = ttlNanos;
		this.timer = this.replica.timers().at(sent + ttlNanos / WRITES_PER_TTL, this::now);
	}

	private void now() {
		this.due = true;
		this.whenDue.run();
	}

	void stop() {
		this.due = false;
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	/**
	 * Whether a write comes before anything else: a replica that was suspended, and finds
	 * its node at the head, must not hand out a lease that is about to expire.
	 */
	boolean isDue() {
		return this.due || this.replica.now() - this.committed >= this.ttlNanos / WRITES_PER_TTL;
	}

	long lastWrite() {
		return this.lastWrite;
	}

	long ttlNanos() {
		return this.ttlNanos;
	}

	/** How long ago the last write was sent. */
	long age() {
		return this.replica.now() - this.lastWrite;
	}

}
