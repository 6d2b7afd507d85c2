package io.roster.locks.client;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The time in which one process leads: a lock that is held until it is lost, resigned, or
 * the election is closed. Once it is not valid it never is again. Safe for use by many
 * threads.
 */
public final class Leadership {

	private final HeldLock held;

	private final CompletableFuture<Void> over = new CompletableFuture<>();

	Leadership(HeldLock held) {
		this.held = held;
		held.whenOver(this::resign);
	}

	/**
	 * What is led.
	 * @return the lock's name
	 */
	public String lock() {
		return this.held.lock();
	}

	/**
	 * The lease's id, as it is shown in the lock's queue.
	 * @return the id
	 */
	public UUID lease() {
		return this.held.lease();
	}

	/**
	 * Grows from each leader to the next. What a leader writes to compares it: a process
	 * that was paused may still believe that it leads.
	 * @return the token
	 */
	public long fencingToken() {
		return this.held.fencingToken();
	}

	/**
	 * Whether this process still leads, by its own deadline, before which nobody else
	 * can. Asks nobody.
	 * @return {@code false} from the moment on at which it was lost or resigned
	 */
	public boolean isValid() {
		return !this.over.isDone() && this.held.isHeld();
	}

	/**
	 * For how long this process leads if no renewal is answered any more.
	 * @return the time until the own deadline; zero when it is over
	 */
	public Duration remaining() {
		return this.over.isDone() ? Duration.ZERO : this.held.remaining();
	}

	/**
	 * Gives the leadership up. Returns at once; the listener is told, and then the lock
	 * is given back. The process stands for it again at the end of the queue.
	 */
	public void resign() {
		this.over.complete(null);
	}

	/**
	 * Why it was lost.
	 * @return nothing as long as it was not, or if it was given up
	 */
	public Optional<LostLock> loss() {
		return Optional.ofNullable(this.held.loss());
	}

	CompletableFuture<Void> over() {
		return this.over;
	}

	void giveBack() {
		this.held.close();
	}

	@Override
	public String toString() {
		return "Leadership[" + this.held + "]";
	}

}
