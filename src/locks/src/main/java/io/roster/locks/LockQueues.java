package io.roster.locks;

import java.time.Clock;
import java.time.Duration;
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
import io.roster.coordination.MirrorListener;
import io.roster.coordination.MirrorOptions;
import io.roster.coordination.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The locks of one ensemble, as one replica of the lock service serves them. Any replica
 * serves any lease.
 * <p>
 * Futures complete on the event thread of the ZooKeeper handle or on the timer's thread:
 * what hangs on them must not block. They complete exceptionally with
 * {@link LocksUnavailableException} when the ensemble cannot be reached or does not
 * answer in time.
 */
public final class LockQueues implements Locks {

	/** From here on an empty queue gets a new counter; the old one ends at 2^31. */
	private static final long HIGH_COUNTER = 1L << 30;

	/** How late a timer may be. */
	private static final Duration TICK = Duration.ofMillis(20);

	private final Mirror mirror;

	private final Replica replica;

	private final Places places;

	private final MultiCalls multiCalls;

	private final LockOptions options;

	private final Subscription subscription;

	private final ScheduledThreadPoolExecutor timer;

	private final AtomicBoolean closed = new AtomicBoolean();

	private LockQueues(Mirror mirror, LockOptions options, LongSupplier ticker, Clock clock, long highCounter) {
		this.mirror = mirror;
		this.options = options;
		this.replica = new Replica(mirror, options, ticker, clock, highCounter);
		this.places = new Places(this.replica);
		this.multiCalls = new MultiCalls(this.replica);
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
		return over(coordination, options, ticker, Clock.systemUTC(), HIGH_COUNTER);
	}

	static LockQueues over(Coordination coordination, LockOptions options, LongSupplier ticker, Clock clock,
			long highCounter) {
		Mirror mirror = coordination.mirror(options.root(), MirrorOptions.namesOnly());
		LockQueues queues = new LockQueues(mirror, options, ticker, clock, highCounter);
		queues.every(TICK, queues.replica::tick);
		queues.every(Deadlocks.EVERY, queues.replica.deadlocks()::look);
		return queues;
	}

	private void every(Duration pause, Runnable task) {
		ScheduledFuture<?> unused = this.timer.scheduleWithFixedDelay(task, pause.toMillis(), pause.toMillis(),
				TimeUnit.MILLISECONDS);
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
	 * Why the ensemble does not let this replica in, if it does not.
	 * @return a sentence for an operator, without a password; {@code null} where nothing
	 * is refused
	 */
	public @Nullable String refusal() {
		return this.mirror.refusal();
	}

	/**
	 * Follows the znodes below the root, for those who care for their ACLs.
	 * @param listener called on the event thread of the handle; it must not block
	 * @return ends the subscription when it is closed
	 */
	public Subscription onZnodes(MirrorListener listener) {
		return this.mirror.subscribe(listener);
	}

	@Override
	public CompletableFuture<AcquireResult> acquire(AcquireRequest request) {
		long arrival = this.replica.now();
		this.options.limits().check(request);
		return this.replica.bring(new Call.Acquire(arrival, request), places(request.claim()),
				request.maxWait().plus(this.options.answerWithin()), Seat::acquire);
	}

	@Override
	public CompletableFuture<RenewResult> renew(Claim claim, @Nullable String fencingToken) {
		long arrival = this.replica.now();
		this.options.limits().check(claim);
		Call.Renew call = new Call.Renew(arrival, claim.principal(), FencingTokens.parse(fencingToken));
		return this.replica.bring(call, places(claim), this.options.answerWithin(), Seat::renew);
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Completes after the commit.
	 */
	@Override
	public CompletableFuture<ReleaseResult> release(Claim claim) {
		this.options.limits().check(claim);
		Call<ReleaseResult> call = new Call<>(this.replica.now(), claim.principal());
		return this.replica.bring(call, places(claim), this.options.answerWithin(), Seat::release);
	}

	private LeasePlaces places(Claim claim) {
		return LeasePlaces.of(this.replica.queues(), claim.lease(), claim.lock());
	}

	@Override
	public CompletableFuture<MultiResult> acquire(MultiRequest request) {
		this.options.limits().check(request);
		return this.multiCalls.acquire(request);
	}

	@Override
	public CompletableFuture<MultiResult> renew(MultiClaim claim, @Nullable String fencingToken) {
		this.options.limits().check(claim);
		return this.multiCalls.renew(claim, FencingTokens.parse(fencingToken));
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Completes after the commit.
	 */
	@Override
	public CompletableFuture<ReleaseResult> release(MultiClaim claim) {
		this.options.limits().check(claim);
		return this.multiCalls.release(claim);
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Looks after a {@code sync}.
	 */
	@Override
	public CompletableFuture<MultiResult> find(MultiClaim claim) {
		this.options.limits().check(claim);
		return look((call) -> this.multiCalls.find(claim, call), true);
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Needed where a queue is shared with Curator's read-write lock, whose clients do not
	 * see the places of a mutex.
	 */
	@Override
	public CompletableFuture<DeclareResult> declare(String lock, LockKind kind, int permits) {
		this.options.limits().checkLock(lock);
		LockKind.checkDeclared(kind, permits);
		return look((call) -> this.replica.declarations().declare(lock, LockConfig.of(kind, permits), call), true);
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Looks after a {@code sync}.
	 */
	@Override
	public CompletableFuture<FindResult> find(Claim claim) {
		this.options.limits().check(claim);
		return look((call) -> this.places.find(claim, call), true);
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * As this replica sees it, also while the ensemble is away.
	 */
	@Override
	public CompletableFuture<LockView> view(String lock) {
		this.options.limits().checkLock(lock);
		return look((call) -> this.places.view(lock, (view) -> {
			if (!call.ended()) {
				call.end(this.replica.serial(), view);
			}
		}), false);
	}

	@Override
	public CompletableFuture<EndResult> revoke(String lock, UUID lease, String reason) {
		this.options.limits().checkLock(lock);
		this.options.limits().checkReason(reason);
		return look((call) -> this.replica.endings().revoke(lock, lease, reason, call), true);
	}

	@Override
	public CompletableFuture<EndResult> force(String lock, UUID lease, String reason) {
		this.options.limits().checkLock(lock);
		this.options.limits().checkReason(reason);
		return look((call) -> this.replica.endings().force(lock, lease, reason, call), true);
	}

	/**
	 * Removes a place at once, whosever it is: also one of a session that Roster knows
	 * nothing of. Recorded with its reason, in the transaction that does it.
	 * @param lock the name of the lock
	 * @param node the name of the place's znode, as the view of the queue shows it
	 * @param reason why, for the audit trail
	 * @return whether it was there
	 */
	public CompletableFuture<EndResult> forcePlace(String lock, String node, String reason) {
		this.options.limits().checkLock(lock);
		this.options.limits().checkReason(reason);
		return look((call) -> this.replica.endings().forcePlace(lock, node, reason, call), true);
	}

	/**
	 * Reads the audit trail.
	 * @param lock only of this lock, or {@code null} for all
	 * @param after only later than this revision
	 * @param limit how many records, or a few more where the last ones share a revision
	 * @return the oldest of them
	 */
	public CompletableFuture<AuditPage> audit(@Nullable String lock, long after, int limit) {
		return look((call) -> this.replica.chronicle().trail().store().read((records) -> {
			AuditPage page = this.replica.chronicle().trail().page(records, lock, after, limit);
			call.end(this.replica.serial(), page);
		}, (answer) -> call.fail(this.replica.serial(), this.replica.unavailable("the ensemble could not be asked"))),
				true);
	}

	/**
	 * Tells a listener what this replica does for leases.
	 * @param listener must not block: it is called on the threads of the queues
	 */
	public void listen(Consumer<LockEvent> listener) {
		this.replica.chronicle().events().add(listener);
	}

	/**
	 * Counts what this replica sees, without a read, also while the ensemble is away.
	 * @return the counts
	 */
	public LockCounts counts() {
		LockCounts[] counts = { new LockCounts(0, 0, 0) };
		this.replica.serial().run(() -> counts[0] = this.replica.queues().counts());
		return counts[0];
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
	 * {@inheritDoc}
	 * <p>
	 * As this replica sees them, also while the ensemble is away.
	 */
	@Override
	public CompletableFuture<LockList> locks() {
		return look((call) -> this.places.locks((locks) -> {
			if (!call.ended()) {
				call.end(this.replica.serial(), locks);
			}
		}), false);
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * As this replica sees them; while the ensemble is away as it saw them last. A wait
	 * counts when it has lasted for 250 ms.
	 */
	@Override
	public CompletableFuture<DeadlockList> deadlocks() {
		return look((call) -> call.end(this.replica.serial(), this.replica.deadlocks().found()), false);
	}

	/**
	 * Tells a listener what happens to the places of a lock, or of all locks, as this
	 * replica sees it, in order. It begins with a snapshot, which is repeated where it is
	 * not known what has happened in between. Places are read while somebody watches
	 * them, once each and after each write by another replica.
	 * @param lock the name of the lock, or {@code null} for all
	 * @param seen the revision of the state that the listener has; if it is the present
	 * one, no snapshot is told
	 * @param listener must not block: one thread tells all listeners
	 * @return ends it when it is closed
	 * @throws LocksUnavailableException if this replica has never been in sync with the
	 * ensemble
	 */
	public Subscription watch(@Nullable String lock, @Nullable String seen, Consumer<QueueEvent> listener) {
		if (lock != null) {
			this.options.limits().checkLock(lock);
		}
		if (!this.mirror.snapshot().loaded()) {
			throw this.replica.unavailable("the queues have not been read yet");
		}
		Watches.Watch watch = new Watches.Watch(lock, listener);
		this.replica.serial().run(() -> this.replica.watches().add(watch, seen));
		return () -> this.replica.serial().run(() -> this.replica.watches().remove(watch));
	}

	/**
	 * How long ago the ensemble was last heard of: how old what this replica shows may
	 * be.
	 * @return the age, on this machine's monotonic clock
	 */
	public Duration age() {
		return this.mirror.age();
	}

	/**
	 * Counts the deadlocks that this replica has seen last, without a read.
	 * @return how many there are
	 */
	public int deadlockCount() {
		return this.replica.deadlocks().found().deadlocks().size();
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
