package io.roster.locks.spring;

import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.concurrent.TimeUnit;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.integration.support.locks.DistributedLock;

/**
 * A lock of a {@link RosterLockRegistry}: held by a thread, reentrant, renewed in the
 * background while it is held. Threads of one process queue among themselves, in order,
 * and one of them stands in the lock's queue.
 * <p>
 * All that acquires throws {@link CannotAcquireLockException} if the lock service
 * refuses, or cannot be reached within the client's patience where the wait is shorter;
 * {@link #lock()} waits through an outage. A thread that holds the lock and has lost its
 * lease cannot acquire it again before it has unlocked it.
 */
public interface RosterLock extends DistributedLock {

	/**
	 * Whether this thread holds the lock, and its lease has not ended. Asks nobody.
	 * @return {@code false} also if the lease was lost
	 */
	boolean isHeldByCurrentThread();

	/**
	 * The token for the resource that the lock protects.
	 * @return greater than that of every holder before
	 * @throws IllegalMonitorStateException if this thread does not hold the lock
	 */
	long fencingToken();

	/**
	 * Gives the lock back, when it was locked more than once by the last call.
	 * @throws IllegalMonitorStateException if this thread does not hold the lock
	 * @throws ConcurrentModificationException if it was lost before: somebody else may
	 * have held it meanwhile. The thread does not hold it any more
	 */
	@Override
	void unlock();

	/**
	 * Acquires the lock if it is free now.
	 * @return {@code false} if somebody else holds it
	 */
	@Override
	boolean tryLock();

	/**
	 * Acquires the lock if it is free within a time.
	 * @param time the time
	 * @param unit its unit
	 * @return {@code false} if the time has passed
	 * @throws InterruptedException if the thread is interrupted; its place is given up
	 */
	@Override
	boolean tryLock(long time, TimeUnit unit) throws InterruptedException;

	/**
	 * Acquires the lock with another TTL than the client's. It is renewed in the
	 * background for it.
	 * @param ttl the TTL
	 */
	@Override
	void lock(Duration ttl);

}
