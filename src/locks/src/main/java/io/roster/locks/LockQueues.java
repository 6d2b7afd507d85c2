package io.roster.locks;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

import io.roster.coordination.Coordination;
import org.jspecify.annotations.Nullable;

/**
 * The locks of one ensemble, as one replica of the lock service serves them. Any replica
 * serves any lease.
 * <p>
 * No method blocks. A wait is a future that holds no thread. Futures complete on the
 * event thread of the ZooKeeper handle or on the timer's thread: what hangs on them must
 * not block. They complete exceptionally with {@link LocksUnavailableException} when the
 * ensemble cannot be reached or does not answer in time. Cancelling a future ends the
 * call; a place in the queue then runs out with its TTL, unless the same request comes
 * again before.
 * <p>
 * A request that breaks a limit throws {@link InvalidLockRequestException} at once.
 */
public final class LockQueues implements AutoCloseable {

	private LockQueues() {
	}

	/**
	 * Serves the locks of an ensemble. Returns at once, connected or not.
	 * @param coordination the connection; closing the queues leaves it open
	 * @param options the limits
	 * @return the queues
	 */
	public static LockQueues over(Coordination coordination, LockOptions options) {
		return over(coordination, options, System::nanoTime);
	}

	/**
	 * Serves the locks of an ensemble by a given clock.
	 * @param coordination the connection; closing the queues leaves it open
	 * @param options the limits
	 * @param ticker this machine's monotonic clock in nanoseconds
	 * @return the queues
	 */
	public static LockQueues over(Coordination coordination, LockOptions options, LongSupplier ticker) {
		throw new IllegalStateException("in work");
	}

	/**
	 * Whether this replica is in sync with the ensemble. While it is not, every new call
	 * is answered as unavailable.
	 * @return {@code true} if it can grant and renew
	 */
	public boolean available() {
		throw new IllegalStateException("in work");
	}

	/**
	 * Takes a place in a lock's queue, or goes on in the one that the lease has, and
	 * waits for the grant.
	 * @param request what is asked for
	 * @return how it ended
	 */
	public CompletableFuture<AcquireResult> acquire(AcquireRequest request) {
		throw new IllegalStateException("in work");
	}

	/**
	 * Renews a lease for its TTL.
	 * @param lock the name of the lock
	 * @param lease the id of the lease
	 * @param fencingToken the decimal token that the holder was given, if it tells; such
	 * a renewal is answered HELD wherever the node stands
	 * @return the renewed lease, or that it is surely gone
	 */
	public CompletableFuture<RenewResult> renew(String lock, UUID lease, @Nullable String fencingToken) {
		throw new IllegalStateException("in work");
	}

	/**
	 * Gives a lock back, or gives up a place in its queue. Completes after the commit.
	 * @param lock the name of the lock
	 * @param lease the id of the lease
	 * @return whether this call did it
	 */
	public CompletableFuture<ReleaseResult> release(String lock, UUID lease) {
		throw new IllegalStateException("in work");
	}

	/**
	 * Looks at a lease, after a {@code sync}. Changes nothing and promises nothing that
	 * no earlier call through this replica has: its {@code expiresInMs} is what is left
	 * of that call's, or 0.
	 * @param lock the name of the lock
	 * @param lease the id of the lease
	 * @return the lease; empty if it is surely gone
	 */
	public CompletableFuture<Optional<Lease>> find(String lock, UUID lease) {
		throw new IllegalStateException("in work");
	}

	/**
	 * Looks at a lock's queue as this replica sees it.
	 * @param lock the name of the lock
	 * @return the queue; empty for a lock that nobody uses
	 */
	public CompletableFuture<LockView> view(String lock) {
		throw new IllegalStateException("in work");
	}

	/**
	 * All locks as this replica sees them, without a read.
	 * @return the locks
	 * @throws LocksUnavailableException if they have never been read
	 */
	public LockList locks() {
		throw new IllegalStateException("in work");
	}

	/**
	 * Ends all calls as unavailable and stops. The leases stay what they are. Closing
	 * twice does nothing.
	 */
	@Override
	public void close() {
	}

}
