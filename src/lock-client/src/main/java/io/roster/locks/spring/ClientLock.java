package io.roster.locks.spring;

import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.roster.locks.client.AcquireOptions;
import io.roster.locks.client.HeldLock;
import io.roster.locks.client.LockClient;
import io.roster.locks.client.LockException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.CannotAcquireLockException;

/**
 * A lock of the lock service behind one of this process, which is reentrant and knows its
 * thread.
 */
final class ClientLock implements RosterLock {

	private final LockClient client;

	private final String name;

	// Fair, as the queue behind it is.
	private final ReentrantLock local = new ReentrantLock(true);

	// Guarded by local.
	private @Nullable HeldLock held;

	ClientLock(LockClient client, String name) {
		this.client = client;
		this.name = name;
	}

	@Override
	public void lock() {
		lock(this.client.defaults().ttl());
	}

	@Override
	public void lock(Duration ttl) {
		this.local.lock();
		acquireUninterruptibly(options(AcquireOptions.FOREVER, ttl));
	}

	@Override
	public void lockInterruptibly() throws InterruptedException {
		this.local.lockInterruptibly();
		acquire(options(AcquireOptions.FOREVER, this.client.defaults().ttl()));
	}

	@Override
	public boolean tryLock() {
		return this.local.tryLock() && acquireUninterruptibly(options(Duration.ZERO, this.client.defaults().ttl()));
	}

	@Override
	public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
		return tryLock(Duration.ofNanos(unit.toNanos(time)), this.client.defaults().ttl());
	}

	@Override
	public boolean tryLock(Duration waitTime, Duration ttl) throws InterruptedException {
		long start = System.nanoTime();
		long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(waitTime));
		if (!this.local.tryLock(nanos, TimeUnit.NANOSECONDS)) {
			return false;
		}
		long left = Math.max(0, nanos - (System.nanoTime() - start));
		return acquire(options(Duration.ofNanos(left), ttl));
	}

	private AcquireOptions options(Duration maxWait, Duration ttl) {
		Thread thread = Thread.currentThread();
		// Two threads of one process are two owners, for whoever looks for a deadlock.
		return this.client.defaults()
			.withMaxWait(maxWait)
			.withTtl(ttl)
			.withOwner(this.client.owner() + "/" + thread.getName() + "#" + thread.getId());
	}

	private boolean acquire(AcquireOptions options) throws InterruptedException {
		return enter(() -> this.client.tryAcquire(this.name, options));
	}

	private boolean acquireUninterruptibly(AcquireOptions options) {
		return enter(() -> acquired(this.client.tryAcquireAsync(this.name, options)));
	}

	private <E extends Exception> boolean enter(Acquiring<E> acquiring) throws E {
		boolean entered = false;
		try {
			if (!isReentered()) {
				this.held = acquiring.acquire().orElse(null);
			}
			entered = this.held != null;
			return entered;
		}
		catch (LockException | IllegalStateException ex) {
			throw new CannotAcquireLockException("lock " + this.name + " cannot be acquired: " + ex.getMessage(), ex);
		}
		finally {
			if (!entered) {
				this.local.unlock();
			}
		}
	}

	private boolean isReentered() {
		HeldLock current = this.held;
		if (this.local.getHoldCount() == 1 || current == null) {
			return false;
		}
		if (!current.isHeld()) {
			throw new IllegalStateException("this thread held it and has lost it; unlock it first");
		}
		return true;
	}

	/** Waits for a lock; the place in the queue is kept if the thread is interrupted. */
	private static Optional<HeldLock> acquired(CompletableFuture<Optional<HeldLock>> acquisition) {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return acquisition.get();
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException known) ? known : new IllegalStateException(ex.getCause());
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public void unlock() {
		HeldLock current = requireHeld();
		if (this.local.getHoldCount() > 1) {
			this.local.unlock();
			return;
		}
		boolean kept = current.isHeld();
		this.held = null;
		try {
			current.close();
		}
		finally {
			this.local.unlock();
		}
		if (!kept) {
			throw new ConcurrentModificationException("lock " + this.name
					+ " was lost before it was given back; what it protects may have been changed by another holder");
		}
	}

	private HeldLock requireHeld() {
		HeldLock current = this.local.isHeldByCurrentThread() ? this.held : null;
		if (current == null) {
			throw new IllegalMonitorStateException(
					"lock " + this.name + " is not held by thread " + Thread.currentThread().getName());
		}
		return current;
	}

	/**
	 * Renews the lease.
	 * @param ttl the TTL that the lease should have; {@code null} if any will do
	 */
	void renew(@Nullable Duration ttl) {
		HeldLock current = requireHeld();
		if (ttl != null && !ttl.equals(current.ttl())) {
			throw new UnsupportedOperationException(
					"a lease keeps the TTL that it was acquired with, %s, and not %s".formatted(current.ttl(), ttl));
		}
		try {
			current.renew();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while lock " + this.name + " was renewed", ex);
		}
	}

	@Override
	public boolean isHeldByCurrentThread() {
		HeldLock current = this.local.isHeldByCurrentThread() ? this.held : null;
		return current != null && current.isHeld();
	}

	@Override
	public long fencingToken() {
		return requireHeld().fencingToken();
	}

	@Override
	public Condition newCondition() {
		throw new UnsupportedOperationException("a distributed lock has no conditions");
	}

	/** Whether a thread holds it, or waits for it. */
	boolean isUsed() {
		return this.local.isLocked() || this.local.hasQueuedThreads();
	}

	@Override
	public String toString() {
		return "RosterLock[" + this.name + "]";
	}

	@FunctionalInterface
	private interface Acquiring<E extends Exception> {

		Optional<HeldLock> acquire() throws E;

	}

}
