package io.roster.locks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorOptions;
import io.roster.coordination.Subscription;
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

	/** How late a timer may be. */
	private static final Duration TICK = Duration.ofMillis(20);

	private final Mirror mirror;

	private final Replica replica;

	private final Places places;

	private final LockOptions options;

	private final Subscription subscription;

	private final ScheduledThreadPoolExecutor timer;

	private final AtomicBoolean closed = new AtomicBoolean();

	private LockQueues(Mirror mirror, LockOptions options, LongSupplier ticker) {
		this.mirror = mirror;
		this.options = options;
		this.replica = new Replica(mirror, options, ticker);
		this.places = new Places(this.replica);
		this.timer = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "roster-locks-timer");
			thread.setDaemon(true);
			return thread;
		});
		this.subscription = mirror.subscribe(this.replica);
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
		Mirror mirror = coordination.mirror(options.root(), MirrorOptions.namesOnly());
		LockQueues queues = new LockQueues(mirror, options, ticker);
		ScheduledFuture<?> unused = queues.timer.scheduleWithFixedDelay(queues.replica::tick, TICK.toMillis(),
				TICK.toMillis(), TimeUnit.MILLISECONDS);
		return queues;
	}

	/**
	 * The start: the first time that this replica is in sync with the ensemble.
	 * @return completes then; exceptionally with an {@link IllegalStateException} if the
	 * ensemble's transactions have reached 2^48, where fencing tokens end, and with a
	 * {@link LocksUnavailableException} if the queues are closed before
	 */
	public CompletableFuture<Void> started() {
		return this.replica.started().copy();
	}

	/**
	 * Whether this replica is in sync with the ensemble. While it is not, every new call
	 * that writes is answered as unavailable at once.
	 * @return {@code true} if it can grant and renew
	 */
	public boolean available() {
		return this.replica.inSync() && !this.mirror.stale();
	}

	/**
	 * Takes a place in a lock's queue, or goes on in the one that the lease has, and
	 * waits for the grant.
	 * @param request what is asked for
	 * @return how it ended
	 */
	public CompletableFuture<AcquireResult> acquire(AcquireRequest request) {
		long arrival = this.replica.now();
		this.options.check(request);
		return this.replica.bring(new Call.Acquire(arrival, request), request.lock(), request.lease(),
				request.maxWait().plus(this.options.answerWithin()), Seat::acquire);
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
		long arrival = this.replica.now();
		LockNames.checkLock(lock);
		return this.replica.bring(new Call.Renew(arrival, FencingTokens.parse(fencingToken)), lock, lease,
				this.options.answerWithin(), Seat::renew);
	}

	/**
	 * Gives a lock back, or gives up a place in its queue. Completes after the commit. An
	 * acquire of this lease that waits here is answered as gone.
	 * @param lock the name of the lock
	 * @param lease the id of the lease
	 * @return whether this call did it
	 */
	public CompletableFuture<ReleaseResult> release(String lock, UUID lease) {
		LockNames.checkLock(lock);
		return this.replica.bring(new Call<ReleaseResult>(this.replica.now()), lock, lease, this.options.answerWithin(),
				Seat::release);
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
		LockNames.checkLock(lock);
		return look((call) -> this.places.find(lock, lease, call), true);
	}

	/**
	 * Looks at a lock's queue as this replica sees it, also while the ensemble is away.
	 * @param lock the name of the lock
	 * @return the queue; empty for a lock that nobody uses
	 */
	public CompletableFuture<LockView> view(String lock) {
		LockNames.checkLock(lock);
		return look((call) -> this.places.view(lock, (view) -> {
			if (!call.ended()) {
				call.end(this.replica.serial(), view);
			}
		}), false);
	}

	private <T> CompletableFuture<T> look(Consumer<Call<T>> how, boolean inSync) {
		Call<T> call = new Call<>(this.replica.now());
		this.replica.serial().run(() -> {
			RuntimeException closedDoor = this.replica.closedDoor();
			if (closedDoor != null && (inSync || !this.mirror.snapshot().loaded())) {
				call.fail(this.replica.serial(), closedDoor);
				return;
			}
			this.replica.giveUpAfter(this.options.answerWithin(), call, call::end);
			how.accept(call);
		});
		return call.future();
	}

	/**
	 * All locks as this replica sees them, without a read.
	 * @return the locks
	 * @throws LocksUnavailableException if they have never been read
	 */
	public LockList locks() {
		if (!this.mirror.snapshot().loaded()) {
			throw this.replica.unavailable("the ensemble has not been reached yet");
		}
		List<LockList> locks = new ArrayList<>(1);
		this.replica.serial().run(() -> locks.add(this.places.locks()));
		return locks.get(0);
	}

	/**
	 * Ends all calls as unavailable and stops. The leases stay what they are. Closing
	 * twice does nothing.
	 */
	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.timer.shutdownNow();
			this.subscription.close();
			this.replica.close();
			this.mirror.close();
		}
	}

}
