package io.roster.locks;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Locks with leases. {@link LockQueues} keeps them on ZooKeeper, {@link InMemoryLocks} in
 * this process, for tests; one contract holds for both.
 * <p>
 * No method blocks. A wait is a future that holds no thread. What hangs on a future must
 * not block, because it runs on a thread that others need. Cancelling a future ends the
 * call; a place in the queue then runs out with its TTL, unless the same request comes
 * again before.
 * <p>
 * A lease belongs to the principal in whose name it was made. What another one asks for
 * with its id is refused with a result that says so, and nothing is changed; a lease that
 * was made in nobody's name is anyone's. (A replica that lags may still refuse what has
 * been gone for a moment.)
 * <p>
 * A request that breaks a limit throws {@link InvalidLockRequestException} at once, and
 * nothing is changed.
 */
public interface Locks extends AutoCloseable {

	/**
	 * Takes a place in a lock's queue, or goes on in the one that the lease has, and
	 * waits for the grant. Waiting places are granted in the order of their arrival: an
	 * exclusive one when nothing is in front of it, a shared one when nothing exclusive
	 * is, one of a semaphore when fewer than its permits are.
	 * @param request what is asked for
	 * @return how it ended
	 */
	CompletableFuture<AcquireResult> acquire(AcquireRequest request);

	/**
	 * Renews a lease for its TTL.
	 * @param claim which lease, and in whose name
	 * @param fencingToken the decimal token that the holder was given, if it tells; such
	 * a renewal is answered HELD wherever the lease stands
	 * @return the renewed lease, or that it is surely gone
	 */
	CompletableFuture<RenewResult> renew(Claim claim, @Nullable String fencingToken);

	/**
	 * Renews a lease in nobody's name.
	 * @param lock the name of the lock
	 * @param lease the id of the lease
	 * @param fencingToken as for {@link #renew(Claim, String)}
	 * @return the renewed lease, or that it is surely gone
	 */
	default CompletableFuture<RenewResult> renew(String lock, UUID lease, @Nullable String fencingToken) {
		return renew(new Claim(lock, lease, null), fencingToken);
	}

	/**
	 * Gives a lock back, or gives up a place in its queue. An acquire of this lease that
	 * waits here is answered as gone.
	 * @param claim which lease, and in whose name
	 * @return whether this call did it
	 */
	CompletableFuture<ReleaseResult> release(Claim claim);

	/**
	 * Gives a lock back, or gives up a place in its queue, in nobody's name.
	 * @param lock the name of the lock
	 * @param lease the id of the lease
	 * @return whether this call did it
	 */
	default CompletableFuture<ReleaseResult> release(String lock, UUID lease) {
		return release(new Claim(lock, lease, null));
	}

	/**
	 * Takes places in the queues of several locks, all or none and all at once, or goes
	 * on in those that the lease has, and waits until each of them is granted. All queues
	 * have such leases in the same order, so that these cannot wait for each other in a
	 * circle. The same request again is the same lease. Each lock is taken alone, a
	 * semaphore by one permit; the others' queues move on meanwhile, but what is granted
	 * already waits for the rest.
	 * @param request what is asked for
	 * @return how it ended
	 */
	CompletableFuture<MultiResult> acquire(MultiRequest request);

	/**
	 * Renews a lease of several locks for its TTL, all of it.
	 * @param claim which lease, and in whose name
	 * @param fencingToken as for {@link #renew(Claim, String)}
	 * @return the renewed lease, or that it is surely gone
	 */
	CompletableFuture<MultiResult> renew(MultiClaim claim, @Nullable String fencingToken);

	/**
	 * Gives several locks back, or gives up the places in their queues, all at once.
	 * @param claim which lease, and in whose name
	 * @return whether this call did it
	 */
	CompletableFuture<ReleaseResult> release(MultiClaim claim);

	/**
	 * Looks at a lease of several locks, as {@link #find(Claim)} does at one of one.
	 * @param claim which lease, and in whose name
	 * @return the lease, or that it is surely gone
	 */
	CompletableFuture<MultiResult> find(MultiClaim claim);

	/**
	 * Declares what a lock is, also while nobody uses it. An undeclared lock is what its
	 * first place makes it, until its queue is empty again. The same declaration again
	 * changes nothing.
	 * <p>
	 * A semaphore has as many holders as permits, whatever their mode. Their fencing
	 * tokens are unique and fence nothing, because they hold side by side. More permits
	 * are given at any time, and let waiters in at once; fewer, as another kind, only
	 * while nobody uses the lock.
	 * @param lock the name of the lock
	 * @param kind what it is to be
	 * @param permits how many may hold a semaphore at once, from 1 to 10,000; 1 for other
	 * kinds
	 * @return whether it is; a lock in use keeps its kind, and at least its permits
	 */
	CompletableFuture<DeclareResult> declare(String lock, LockKind kind, int permits);

	/**
	 * Declares what a lock is that one may hold at once, or that is shared.
	 * @param lock the name of the lock
	 * @param kind what it is to be
	 * @return whether it is; a lock in use keeps its kind
	 */
	default CompletableFuture<DeclareResult> declare(String lock, LockKind kind) {
		return declare(lock, kind, 1);
	}

	/**
	 * Revokes a lease, gently: whoever renews it is told the reason, and it ends when its
	 * TTL has passed since its last renewal, or its holder gives it back. An operator's,
	 * so it is not asked whose lease it is.
	 * @param lock the name of the lock
	 * @param lease the id of the lease
	 * @param reason why, for the holder and for the audit trail
	 * @return whether it was there
	 */
	CompletableFuture<EndResult> revoke(String lock, UUID lease, String reason);

	/**
	 * Removes a lease at once. Its holder may go on believing that it holds for a TTL:
	 * only the fencing token protects what the lock protects. An operator's, so it is not
	 * asked whose lease it is.
	 * @param lock the name of the lock
	 * @param lease the id of the lease
	 * @param reason why, for the audit trail
	 * @return whether it was there
	 */
	CompletableFuture<EndResult> force(String lock, UUID lease, String reason);

	/**
	 * Looks at a lease. Changes nothing and promises nothing that no earlier call has:
	 * its {@code expiresInMs} is what is left of that call's, or 0.
	 * @param claim which lease, and in whose name
	 * @return the lease, or that it is surely gone
	 */
	CompletableFuture<FindResult> find(Claim claim);

	/**
	 * Looks at a lease in nobody's name.
	 * @param lock the name of the lock
	 * @param lease the id of the lease
	 * @return the lease, or that it is surely gone
	 */
	default CompletableFuture<FindResult> find(String lock, UUID lease) {
		return find(new Claim(lock, lease, null));
	}

	/**
	 * Looks at a lock's queue.
	 * @param lock the name of the lock
	 * @return the queue; empty for a lock that nobody uses
	 */
	CompletableFuture<LockView> view(String lock);

	/**
	 * All locks.
	 * @return the locks, ordered by name
	 */
	CompletableFuture<LockList> locks();

	/**
	 * The deadlocks between owners, as they were seen within the last second.
	 * @return the deadlocks
	 */
	CompletableFuture<DeadlockList> deadlocks();

	/**
	 * Ends all calls as unavailable and stops. Closing twice does nothing.
	 */
	@Override
	void close();

}
