package io.roster.locks.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.roster.locks.client.LostLock.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock that was granted to this process by a lease. It stops to be held at its own
 * deadline, 99% of the TTL after the moment at which the last call that was answered had
 * been sent, by this machine's monotonic clock and without asking anybody: so it ends
 * here before it can end for others. Until then it is renewed in the background, unless
 * the {@link AcquireOptions options} say otherwise: whoever forgets to close it keeps it
 * for as long as the process lives.
 * <p>
 * A process can still be paused between a look at {@link #isHeld()} and the write that
 * follows it. What must never be written by two holders is guarded with
 * {@link #fencingToken()}, which the resource compares.
 * <p>
 * Safe for use by many threads. Once it is not held it is never held again.
 */
public final class HeldLock implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(HeldLock.class);

	private static final String UNANSWERED = "no renewal was answered before the deadline";

	private final LeaseCalls calls;

	private final long fencingToken;

	// Everything below is guarded by this.

	private final LossListeners listeners;

	private final List<Runnable> whenOver = new ArrayList<>();

	private long deadline;

	/** Until when the lease stays in the queue, also if this is closed before. */
	private long keptUntil;

	private boolean closed;

	private @Nullable LostLock loss;

	private String doubt = UNANSWERED;

	private @Nullable CompletableFuture<?> release;

	HeldLock(LeaseCalls calls, long fencingToken, long deadline, LossListeners listeners) {
		this.calls = calls;
		this.fencingToken = fencingToken;
		this.deadline = deadline;
		this.keptUntil = calls.now();
		this.listeners = listeners;
	}

	/**
	 * The lock's name; of several locks at once all names, for people.
	 * @return the name
	 */
	public String lock() {
		return this.calls.lock();
	}

	/**
	 * The names of all locks that are held by this lease.
	 * @return one, or several where they were acquired at once
	 */
	public List<String> locks() {
		return this.calls.locks();
	}

	/**
	 * The lease's id, as it is shown in the lock's queue.
	 * @return the id, used for this acquisition only
	 */
	public UUID lease() {
		return this.calls.lease();
	}

	/**
	 * How long the lease lasts after each renewal.
	 * @return the TTL with which it was acquired, or to which it was extended
	 */
	public Duration ttl() {
		return this.calls.ttl();
	}

	/**
	 * Grows from each exclusive holder of a lock to the next. Send it with every write to
	 * what the lock protects, and let that refuse a token lower than the highest it has
	 * seen. (The tokens of those who share a lock, or hold one permit of a semaphore,
	 * fence nothing.)
	 * @return the token
	 */
	public long fencingToken() {
		return this.fencingToken;
	}

	/**
	 * Whether the lock is still held, by the own deadline. Does not ask the service.
	 * @return {@code false} after the deadline, after {@link #close()}, and once a
	 * renewal has found the lease gone or revoked
	 */
	public boolean isHeld() {
		return !remaining().isZero();
	}

	/**
	 * How long the lock is still held if it is not renewed.
	 * @return the time until the own deadline; zero when it is not held
	 */
	public synchronized Duration remaining() {
		if (this.closed || this.loss != null) {
			return Duration.ZERO;
		}
		long nanos = this.deadline - this.calls.now();
		if (nanos <= 0) {
			lose(Reason.EXPIRED, this.doubt);
			return Duration.ZERO;
		}
		return Duration.ofNanos(nanos);
	}

	/**
	 * Calls a listener once if the lock is lost: at its deadline, or earlier when the
	 * service says so; at once if it has been lost. Never for a lock that was closed in
	 * time. Listeners run on one thread of the client, one after another, and may block
	 * without delaying a renewal; they are told late if this process was paused, so they
	 * are no replacement for the fencing token.
	 * @param listener is told which lock was lost, and why
	 */
	public synchronized void onLost(Consumer<LostLock> listener) {
		if (this.loss != null) {
			this.listeners.tell(listener, this.loss);
		}
		else if (!this.closed) {
			this.listeners.add(listener);
		}
	}

	/**
	 * Renews the lease for its TTL from now. Blocks until a replica answers; tries until
	 * the own deadline. Needed only without renewal in the background, or to be sure of a
	 * full TTL before something that takes long.
	 * @throws LeaseLostException if the lease is surely gone, or the deadline has passed
	 * @throws LockAccessDeniedException if the service refused the credentials; the lock
	 * is held until its deadline all the same
	 * @throws LockUnavailableException if no replica answered; likewise
	 * @throws InterruptedException if the thread is interrupted; the renewal may or may
	 * not have happened
	 * @throws IllegalStateException if this was closed
	 */
	public void renew() throws InterruptedException {
		Answer answer = LockClient.await(this.calls.renew(this.fencingToken, deadlineToRenew()));
		if (!renewed(answer)) {
			throw notRenewed(answer);
		}
	}

	private LockException notRenewed(Answer answer) {
		return (answer.status() == Answer.OK || answer.status() == Answer.GONE) ? this.calls.lost(answer)
				: answer.refused();
	}

	/**
	 * Renews the lease for a longer TTL, which it keeps from then on; for its own where
	 * that is longer already. Blocks as {@link #renew()} does.
	 * @param newTtl the TTL
	 * @throws LeaseLostException if the lease is surely gone, or the deadline has passed
	 * @throws LockRefusedException if the service refused the TTL; the lock is held until
	 * its deadline all the same
	 * @throws LockAccessDeniedException if it refused the credentials; likewise
	 * @throws LockUnavailableException if no replica answered; likewise
	 * @throws InterruptedException if the thread is interrupted; the extension may or may
	 * not have happened
	 * @throws IllegalStateException if this was closed
	 */
	public void extend(Duration newTtl) throws InterruptedException {
		if (newTtl.compareTo(ttl()) <= 0) {
			renew();
			return;
		}
		Answer answer = LockClient.await(this.calls.extend(newTtl, deadlineToRenew()));
		if (!extended(newTtl, answer)) {
			throw notRenewed(answer);
		}
	}

	private synchronized boolean extended(Duration newTtl, Answer answer) {
		boolean anew = answer.status() == Answer.OK && answer.fencingToken() != this.fencingToken;
		if (anew || (answer.status() == Answer.CONFLICT && answer.problem(Answer.LOCK_HELD))) {
			if (isHeld()) {
				lose(Reason.GONE, "the lease was gone when it was to be extended");
			}
			// The call may have taken a new place, also after a close.
			forget();
			var unused = this.calls.release();
			throw new LeaseLostException("lease %s of lock %s is gone".formatted(lease(), lock()));
		}
		if (answer.status() == Answer.OK && isHeld()) {
			this.calls.extendedTo(newTtl);
		}
		return renewed(answer);
	}

	/**
	 * Keeps the lease in the queue for a time from now also if the lock is closed before:
	 * it is not held here any more then, and nobody else gets it. It is given back when
	 * the time has passed. A process that dies, or a client that is closed, before that
	 * leaves it to its TTL.
	 * @param time no longer than the TTL
	 * @throws IllegalArgumentException if it is longer
	 */
	public synchronized void keepAtLeast(Duration time) {
		if (time.compareTo(ttl()) > 0) {
			throw new IllegalArgumentException(
					"lock %s cannot be kept for %s, its TTL is %s".formatted(lock(), time, ttl()));
		}
		this.keptUntil = this.calls.now() + time.toNanos();
	}

	private synchronized long deadlineToRenew() {
		if (this.closed) {
			throw new IllegalStateException("lease %s of lock %s has been given back".formatted(lease(), lock()));
		}
		if (remaining().isZero() && this.loss != null) {
			throw new LeaseLostException(
					"lease %s of lock %s is lost: %s".formatted(lease(), lock(), this.loss.detail()));
		}
		return this.deadline;
	}

	/**
	 * Takes in the answer to a renewal.
	 * @return whether the lock is held for another TTL
	 */
	synchronized boolean renewed(Answer answer) {
		if (remaining().isZero()) {
			// Closed, or somebody may have been told that it is lost: it stays so.
			return false;
		}
		if (answer.status() == Answer.GONE) {
			boolean revoked = answer.problem(Answer.REVOKED);
			lose(revoked ? Reason.REVOKED : Reason.GONE, answer.explanation());
		}
		if (answer.status() != Answer.OK) {
			// Credentials may be corrected before the deadline.
			this.doubt = "no renewal was accepted before the deadline; " + answer.refused().getMessage();
			return false;
		}
		this.doubt = UNANSWERED;
		long candidate = this.calls.deadline(answer);
		// Answers may overtake each other.
		if (candidate - this.deadline > 0) {
			this.deadline = candidate;
		}
		return true;
	}

	/** How it was lost, {@code null} if it was not. */
	synchronized @Nullable LostLock loss() {
		return this.loss;
	}

	/** Runs something once the lock is not held any more, for whatever reason. */
	synchronized void whenOver(Runnable task) {
		if (this.closed || this.loss != null) {
			task.run();
		}
		else {
			this.whenOver.add(task);
		}
	}

	private void lose(Reason reason, String detail) {
		LostLock lost = new LostLock(lock(), lease(), this.fencingToken, reason, detail);
		this.loss = lost;
		if (reason != Reason.CLIENT_CLOSED) {
			log.warn("Lock {} (lease {}, token {}) was lost: {}, {}", lock(), lease(), this.fencingToken, reason,
					detail);
		}
		this.listeners.tellAll(lost);
		over();
	}

	private void over() {
		this.listeners.clear();
		this.whenOver.forEach(Runnable::run);
		this.whenOver.clear();
	}

	/**
	 * Gives the lock back: from the first instruction on it is no longer held here. Waits
	 * a few seconds at most for the answer, and not at all while the lease is
	 * {@linkplain #keepAtLeast(Duration) kept}; without one it is asked again in the
	 * background until the lease has ended. Closing twice does nothing.
	 */
	@Override
	public void close() {
		this.calls.await(giveBack());
	}

	/** Gives the lock back and does not wait for the answer. */
	void closeInBackground() {
		var unused = giveBack();
	}

	private synchronized CompletableFuture<?> giveBack() {
		this.closed = true;
		if (this.release == null) {
			// Before its answer, so that nothing renews what is being deleted.
			over();
			this.release = leave();
		}
		return this.release;
	}

	private CompletableFuture<?> leave() {
		long kept = this.keptUntil - this.calls.now();
		if (kept <= 0) {
			return this.calls.release();
		}
		this.calls.releaseAfter(Duration.ofNanos(kept));
		return CompletableFuture.completedFuture(null);
	}

	/** Ends what is being given back already. */
	synchronized void forget() {
		this.closed = true;
		this.release = CompletableFuture.completedFuture(null);
		over();
	}

	/** Gives the lock back because the client is closed, and tells the holder so. */
	synchronized CompletableFuture<?> closeWithClient() {
		if (isHeld()) {
			lose(Reason.CLIENT_CLOSED, "the client was closed");
		}
		return giveBack();
	}

	@Override
	public String toString() {
		return "HeldLock[lock=%s, lease=%s, fencingToken=%d, remaining=%s]".formatted(lock(), lease(),
				this.fencingToken, remaining());
	}

}
