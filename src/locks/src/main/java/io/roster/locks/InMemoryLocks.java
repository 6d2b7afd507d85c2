package io.roster.locks;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Locks in the memory of this process: the double of {@link LockQueues} for tests, which
 * keeps the same contract without an ensemble. All is lost when the process ends. Its
 * tokens grow over all locks.
 */
public final class InMemoryLocks implements Locks {

	private static final Duration TICK = Duration.ofMillis(10);

	private final LockLimits limits;

	private final LongSupplier ticker;

	private final Serial serial = new Serial();

	private final Timers timers = new Timers();

	private final MemoryQueues queues;

	private final ScheduledThreadPoolExecutor timer;

	private boolean closed;

	/**
	 * Locks by the default limits and this machine's clock.
	 */
	public InMemoryLocks() {
		this(LockLimits.defaults(), System::nanoTime);
	}

	/**
	 * Locks by a given clock, which a test may move.
	 * @param limits what requests may ask for
	 * @param ticker a monotonic clock in nanoseconds
	 */
	public InMemoryLocks(LockLimits limits, LongSupplier ticker) {
		this.limits = limits;
		this.ticker = ticker;
		this.queues = new MemoryQueues(limits, ticker, this.serial, this.timers);
		this.timer = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "in-memory-locks");
			thread.setDaemon(true);
			return thread;
		});
		ScheduledFuture<?> unused = this.timer.scheduleWithFixedDelay(
				() -> this.serial.run(() -> this.timers.runDue(ticker.getAsLong())), TICK.toMillis(), TICK.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	@Override
	public CompletableFuture<AcquireResult> acquire(AcquireRequest request) {
		this.limits.check(request);
		return acquire(request, LeaseData.of(request));
	}

	private CompletableFuture<AcquireResult> acquire(AcquireRequest request, LeaseData wanted) {
		Call.Acquire call = new Call.Acquire(now(), request);
		run(call, () -> {
			this.queues.acquire(call, wanted);
			CompletableFuture<AcquireResult> unused = call.future().whenComplete((result, failure) -> {
				if (!call.ended()) {
					this.serial.run(() -> this.queues.abandon(call));
				}
			});
		});
		return call.future();
	}

	@Override
	public CompletableFuture<RenewResult> renew(Claim claim, @Nullable String fencingToken) {
		Long token = FencingTokens.parse(fencingToken);
		return on(claim, new RenewResult.Gone(), new RenewResult.NotYours(),
				(place, arrival) -> renew(place, arrival, token));
	}

	private RenewResult renew(MemoryPlace place, long arrival, @Nullable Long token) {
		String revoked = place.revoked();
		if (revoked != null) {
			return new RenewResult.Revoked(revoked);
		}
		this.queues.write(place, place.data());
		place.vouch(arrival);
		if (token != null && !place.token().equals(Long.toString(token))) {
			return new RenewResult.Gone();
		}
		return new RenewResult.Renewed(place.asLease(arrival, now()));
	}

	@Override
	public CompletableFuture<ReleaseResult> release(Claim claim) {
		return on(claim, ReleaseResult.GONE, ReleaseResult.NOT_YOURS, (place, arrival) -> release(place));
	}

	private ReleaseResult release(MemoryPlace place) {
		this.queues.remove(place);
		return ReleaseResult.RELEASED;
	}

	@Override
	public CompletableFuture<MultiResult> acquire(MultiRequest request) {
		this.limits.check(request);
		AcquireRequest anchored = request.anchored();
		return MultiCalls.as(acquire(anchored, LeaseData.of(anchored).across(request.locks())),
				(result) -> MultiResult.of(result, request.locks()));
	}

	@Override
	public CompletableFuture<MultiResult> renew(MultiClaim claim, @Nullable String fencingToken) {
		Long token = FencingTokens.parse(fencingToken);
		return on(claim, new MultiResult.Ended(new AcquireResult.Gone()),
				new MultiResult.Ended(new AcquireResult.NotYours()),
				(place, arrival) -> MultiResult.of(renew(place, arrival, token), locks(place)));
	}

	@Override
	public CompletableFuture<ReleaseResult> release(MultiClaim claim) {
		return on(claim, ReleaseResult.GONE, ReleaseResult.NOT_YOURS, (place, arrival) -> release(place));
	}

	@Override
	public CompletableFuture<MultiResult> find(MultiClaim claim) {
		return on(claim, new MultiResult.Ended(new AcquireResult.Gone()),
				new MultiResult.Ended(new AcquireResult.NotYours()),
				(place, arrival) -> new MultiResult.Standing(MultiLease.of(place.asFound(now()), locks(place))));
	}

	private static List<String> locks(MemoryPlace place) {
		return Objects.requireNonNull(place.data().locks());
	}

	@Override
	public CompletableFuture<EndResult> revoke(String lock, UUID lease, String reason) {
		this.limits.checkReason(reason);
		return on(lock, lease, EndResult.GONE, (place, arrival) -> {
			this.queues.write(place, place.data().revoked(reason));
			MemoryQueues.take(place).forEach((call) -> call.end(this.serial, new AcquireResult.Revoked(reason)));
			return EndResult.DONE;
		});
	}

	@Override
	public CompletableFuture<EndResult> force(String lock, UUID lease, String reason) {
		this.limits.checkReason(reason);
		return on(lock, lease, EndResult.GONE, (place, arrival) -> {
			this.queues.remove(place);
			return EndResult.DONE;
		});
	}

	@Override
	public CompletableFuture<FindResult> find(Claim claim) {
		return on(claim, new FindResult.Gone(), new FindResult.NotYours(),
				(place, arrival) -> new FindResult.Found(place.asFound(now())));
	}

	@Override
	public CompletableFuture<DeclareResult> declare(String lock, LockKind kind, int permits) {
		this.limits.checkLock(lock);
		LockKind.checkDeclared(kind, permits);
		return ask(() -> {
			MemoryQueue queue = this.queues.queue(lock);
			if (!queue.declare(kind, permits)) {
				return new DeclareResult.InUse(queue.kind(), queue.permits());
			}
			this.queues.grant(queue);
			return new DeclareResult.Declared(kind, permits);
		});
	}

	@Override
	public CompletableFuture<LockView> view(String lock) {
		this.limits.checkLock(lock);
		return ask(() -> view(this.queues.find(lock), lock));
	}

	private LockView view(@Nullable MemoryQueue queue, String lock) {
		return ((queue != null) ? queue : new MemoryQueue(lock)).view(this.queues.sequence(), now());
	}

	@Override
	public CompletableFuture<LockList> locks() {
		return ask(() -> new LockList(Long.toString(this.queues.sequence()),
				this.queues.all().stream().map(MemoryQueue::summary).toList()));
	}

	@Override
	public CompletableFuture<DeadlockList> deadlocks() {
		return ask(() -> new DeadlockList(Long.toString(this.queues.sequence()),
				MemoryQueue.deadlocks(this.queues.all())));
	}

	private long now() {
		return this.ticker.getAsLong();
	}

	private <T> CompletableFuture<T> on(Claim claim, T absent, T refused, Deed<T> deed) {
		this.limits.check(claim);
		return on(() -> this.queues.find(claim.lock(), claim.lease()), absent, (place, arrival) -> {
			if (place.data().locks() != null) {
				throw Seats.otherLocks("it is one of " + place.data().locks());
			}
			return place.isClosedTo(claim.principal()) ? refused : deed.on(place, arrival);
		});
	}

	private <T> CompletableFuture<T> on(MultiClaim claim, T absent, T refused, Deed<T> deed) {
		this.limits.check(claim);
		return on(() -> this.queues.find(claim.lease()), absent,
				(place, arrival) -> place.isClosedTo(claim.principal()) ? refused : deed.on(place, arrival));
	}

	private <T> CompletableFuture<T> on(String lock, UUID lease, T absent, Deed<T> deed) {
		this.limits.checkLock(lock);
		return on(() -> this.queues.find(lock, lease), absent, deed);
	}

	private <T> CompletableFuture<T> on(Supplier<@Nullable MemoryPlace> where, T absent, Deed<T> deed) {
		long arrival = now();
		return ask(() -> {
			MemoryPlace place = where.get();
			return (place != null) ? deed.on(place.anchor(), arrival) : absent;
		});
	}

	private <T> CompletableFuture<T> ask(Supplier<T> answer) {
		Call<T> call = new Call<>(now());
		run(call, () -> call.end(this.serial, answer.get()));
		return call.future();
	}

	private void run(Call<?> call, Runnable body) {
		this.serial.run(() -> {
			if (this.closed) {
				call.fail(this.serial, new LocksUnavailableException("the locks are closed", Duration.ofSeconds(1)));
			}
			else {
				// What has expired is gone, also when the timer is late.
				this.timers.runDue(now());
				answer(call, body);
			}
		});
	}

	private void answer(Call<?> call, Runnable body) {
		try {
			body.run();
		}
		catch (InvalidLockRequestException ex) {
			call.fail(this.serial, ex);
		}
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
		this.serial.run(() -> {
			this.closed = true;
			Consumer<Call.Acquire> end = (call) -> call.fail(this.serial,
					new LocksUnavailableException("the locks are closed", Duration.ofSeconds(1)));
			this.queues.all()
				.forEach((queue) -> queue.places().forEach((place) -> MemoryQueues.take(place).forEach(end)));
		});
	}

	/**
	 * What is done to a place that is there.
	 *
	 * @param <T> the answer
	 */
	private interface Deed<T> {

		T on(MemoryPlace place, long arrival);

	}

}
