package io.roster.locks.client;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A lock that was granted to this process by a lease. It stops to be held at its own
 * deadline, 99% of the TTL after the moment at which the call that was answered had been
 * sent, by this machine's monotonic clock and without asking anybody: so it ends here
 * before it can end for others.
 * <p>
 * A process can still be paused between a look at {@link #isHeld()} and the write that
 * follows it. What must never be written by two holders is guarded with
 * {@link #fencingToken()}, which the resource compares.
 * <p>
 * Safe for use by many threads.
 */
public final class HeldLock implements AutoCloseable {

	private final LeaseCalls calls;

	private final long fencingToken;

	private final AtomicReference<State> state = new AtomicReference<>(State.HELD);

	private volatile long deadline;

	HeldLock(LeaseCalls calls, long fencingToken, long deadline) {
		this.calls = calls;
		this.fencingToken = fencingToken;
		this.deadline = deadline;
	}

	/**
	 * The lock's name.
	 * @return the name
	 */
	public String lock() {
		return this.calls.lock();
	}

	/**
	 * The lease's id, as it is shown in the lock's queue.
	 * @return the id, used for this acquisition only
	 */
	public UUID lease() {
		return this.calls.lease();
	}

	/**
	 * Grows from each holder of a lock to the next. Send it with every write to what the
	 * lock protects, and let that refuse a token lower than the highest it has seen.
	 * @return the token
	 */
	public long fencingToken() {
		return this.fencingToken;
	}

	/**
	 * Whether the lock is still held, by the own deadline. Does not ask the service.
	 * @return {@code false} after the deadline, after {@link #close()}, and once a
	 * renewal has found the lease gone
	 */
	public boolean isHeld() {
		return !remaining().isZero();
	}

	/**
	 * How long the lock is still held if it is not renewed.
	 * @return the time until the own deadline; zero when it is not held
	 */
	public Duration remaining() {
		long nanos = (this.state.get() == State.HELD) ? this.deadline - this.calls.now() : 0;
		return Duration.ofNanos(Math.max(0, nanos));
	}

	/**
	 * Renews the lease for its TTL from now. Blocks until a replica answers; tries until
	 * the own deadline.
	 * @throws LeaseLostException if the lease is surely gone
	 * @throws LockUnavailableException if no replica answered; the lock is held until its
	 * deadline all the same
	 * @throws InterruptedException if the thread is interrupted; the renewal may or may
	 * not have happened
	 * @throws IllegalStateException if this was closed
	 */
	public void renew() throws InterruptedException {
		if (this.state.get() == State.CLOSED) {
			throw new IllegalStateException("lease %s of lock %s has been given back".formatted(lease(), lock()));
		}
		Answer answer = this.calls.renew(this.fencingToken, this.deadline);
		if (answer.status() == Answer.GONE) {
			this.state.compareAndSet(State.HELD, State.LOST);
			throw this.calls.lost(answer);
		}
		if (answer.status() != Answer.OK) {
			throw answer.refused();
		}
		extend(this.calls.deadline(answer));
	}

	private synchronized void extend(long candidate) {
		// Answers may overtake each other.
		if (candidate - this.deadline > 0) {
			this.deadline = candidate;
		}
	}

	/**
	 * Gives the lock back: from the first instruction on it is no longer held here. Waits
	 * a few seconds at most for the answer; without one it is asked again in the
	 * background until the lease has ended. Closing twice does nothing.
	 */
	@Override
	public void close() {
		if (this.state.getAndSet(State.CLOSED) != State.CLOSED) {
			this.calls.releaseAndWait();
		}
	}

	@Override
	public String toString() {
		return "HeldLock[lock=%s, lease=%s, fencingToken=%d, remaining=%s]".formatted(lock(), lease(),
				this.fencingToken, remaining());
	}

	private enum State {

		HELD, LOST, CLOSED

	}

}
