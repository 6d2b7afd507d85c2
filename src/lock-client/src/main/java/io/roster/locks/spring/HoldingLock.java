package io.roster.locks.spring;

import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

import org.jspecify.annotations.Nullable;

/**
 * A lock that stands in a map for as long as it is held.
 */
final class HoldingLock implements Lock {

	private final String name;

	private final Lock delegate;

	private final ConcurrentMap<String, Hold> held;

	// Written only by the thread that holds the delegate.
	private volatile @Nullable Thread holder;

	private int count;

	HoldingLock(String name, Lock delegate, ConcurrentMap<String, Hold> held) {
		this.name = name;
		this.delegate = delegate;
		this.held = held;
	}

	@Override
	public void lock() {
		this.delegate.lock();
		locked();
	}

	@Override
	public void lockInterruptibly() throws InterruptedException {
		this.delegate.lockInterruptibly();
		locked();
	}

	@Override
	public boolean tryLock() {
		return locked(this.delegate.tryLock());
	}

	@Override
	public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
		return locked(this.delegate.tryLock(time, unit));
	}

	private boolean locked(boolean locked) {
		if (locked) {
			locked();
		}
		return locked;
	}

	private void locked() {
		this.holder = Thread.currentThread();
		this.count++;
		this.held.compute(this.name,
				(key, hold) -> (hold == null) ? new Hold(this, 1) : new Hold(hold.lock, hold.count + 1));
	}

	/**
	 * Gives the lock back.
	 * @throws IllegalMonitorStateException if this thread does not hold it
	 */
	@Override
	public void unlock() {
		if (this.holder != Thread.currentThread()) {
			throw new IllegalMonitorStateException(
					"lock " + this.name + " is not held by thread " + Thread.currentThread().getName());
		}
		// Before it is given back, after which another thread may hold it.
		this.count--;
		if (this.count == 0) {
			this.holder = null;
		}
		this.held.computeIfPresent(this.name,
				(key, hold) -> (hold.count > 1) ? new Hold(hold.lock, hold.count - 1) : null);
		this.delegate.unlock();
	}

	@Override
	public Condition newCondition() {
		return this.delegate.newCondition();
	}

	@Override
	public String toString() {
		return "HoldingLock[" + this.name + "]";
	}

	/**
	 * What is held: a thread may hold it several times, and through several objects.
	 */
	record Hold(HoldingLock lock, int count) {
	}

}
