package io.roster.locks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

	private final Map<String, MemoryQueue> queues = new TreeMap<>();

	private final ScheduledThreadPoolExecutor timer;

	private long sequence;

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
		Call.Acquire call = new Call.Acquire(now(), request);
		run(call, () -> {
			acquire(call);
			CompletableFuture<AcquireResult> unused = call.future().whenComplete((result, failure) -> {
				if (!call.ended()) {
					this.serial.run(() -> abandon(call));
				}
			});
		});
		return call.future();
	}

	private void acquire(Call.Acquire call) {
		AcquireRequest request = call.request();
		MemoryQueue known = this.queues.get(request.lock());
		if (known == null && this.queues.size() >= this.limits.maxLocks()) {
			call.end(this.serial, new AcquireResult.TooManyLocks(this.limits.maxLocks()));
			return;
		}
		MemoryQueue queue = queue(request.lock());
		MemoryPlace place = queue.find(request.lease());
		AcquireResult refusal = (place != null) ? place.refusal(request) : refusal(queue, request);
		if (refusal != null) {
			call.end(this.serial, refusal);
			forgetIdle(queue);
			return;
		}
		if (place == null) {
			place = new MemoryPlace(request, queue.kindFor(request.mode()), ++this.sequence, now());
			queue.places().add(place);
		}
		write(queue, place, LeaseData.of(request).in(place.data()));
		settle(queue, place, call);
	}

	private @Nullable AcquireResult refusal(MemoryQueue queue, AcquireRequest request) {
		LockKind kind = queue.kindFor(request.mode());
		if (!kind.has(request.mode())) {
			return new AcquireResult.WrongKind(kind);
		}
		boolean full = queue.places().size() - queue.holders().size() >= this.limits.maxWaiters();
		return full ? new AcquireResult.QueueFull(this.limits.maxWaiters()) : null;
	}

	private void settle(MemoryQueue queue, MemoryPlace place, Call.Acquire call) {
		if (queue.holds(place)) {
			held(queue, place, call);
		}
		else if (call.isWaitOver()) {
			refuse(queue, place, call, new AcquireResult.Refused(queue.show(true, now())));
		}
		else {
			Deadlock cycle = MemoryQueue.cycle(this.queues.values(), call.request());
			if (cycle != null) {
				refuse(queue, place, call, new AcquireResult.Deadlocked(cycle));
				return;
			}
			place.calls.add(call);
			call.waitEnd = this.timers.at(call.arrival() + call.request().maxWait().toNanos(),
					() -> waitIsOver(queue, place, call));
		}
	}

	private void refuse(MemoryQueue queue, MemoryPlace place, Call.Acquire call, AcquireResult refusal) {
		call.end(this.serial, refusal);
		if (place.calls.isEmpty()) {
			remove(queue, place);
		}
	}

	private void held(MemoryQueue queue, MemoryPlace place, Call.Acquire call) {
		place.vouch(call.arrival());
		call.end(this.serial, new AcquireResult.Held(place.asLease(queue.lock(), 0, true, call.arrival(), now())));
	}

	/** The place is kept for a TTL from now. */
	private void waitIsOver(MemoryQueue queue, MemoryPlace place, Call.Acquire call) {
		place.calls.remove(call);
		write(queue, place, place.data());
		call.end(this.serial,
				new AcquireResult.Waiting(place.asLease(queue.lock(), queue.position(place), false, now(), now())));
	}

	private void abandon(Call.Acquire call) {
		call.end();
		MemoryQueue queue = this.queues.get(call.request().lock());
		MemoryPlace place = (queue != null) ? queue.find(call.request().lease()) : null;
		if (queue != null && place != null && place.calls.remove(call)) {
			write(queue, place, place.data());
		}
	}

	@Override
	public CompletableFuture<RenewResult> renew(Claim claim, @Nullable String fencingToken) {
		Long token = FencingTokens.parse(fencingToken);
		return on(claim, new RenewResult.Gone(), new RenewResult.NotYours(), (queue, place, arrival) -> {
			String revoked = place.revoked();
			if (revoked != null) {
				return new RenewResult.Revoked(revoked);
			}
			write(queue, place, place.data());
			place.vouch(arrival);
			if (token != null && !place.token().equals(Long.toString(token))) {
				return new RenewResult.Gone();
			}
			return new RenewResult.Renewed(
					place.asLease(queue.lock(), queue.position(place), queue.holds(place), arrival, now()));
		});
	}

	@Override
	public CompletableFuture<ReleaseResult> release(Claim claim) {
		return on(claim, ReleaseResult.GONE, ReleaseResult.NOT_YOURS, (queue, place, arrival) -> {
			remove(queue, place);
			return ReleaseResult.RELEASED;
		});
	}

	@Override
	public CompletableFuture<EndResult> revoke(String lock, UUID lease, String reason) {
		this.limits.checkReason(reason);
		return on(lock, lease, EndResult.GONE, (queue, place, arrival) -> {
			write(queue, place, place.data().revoked(reason));
			take(place).forEach((call) -> call.end(this.serial, new AcquireResult.Revoked(reason)));
			return EndResult.DONE;
		});
	}

	@Override
	public CompletableFuture<EndResult> force(String lock, UUID lease, String reason) {
		this.limits.checkReason(reason);
		return on(lock, lease, EndResult.GONE, (queue, place, arrival) -> {
			remove(queue, place);
			return EndResult.DONE;
		});
	}

	@Override
	public CompletableFuture<FindResult> find(Claim claim) {
		return on(claim, new FindResult.Gone(), new FindResult.NotYours(),
				(queue, place, arrival) -> new FindResult.Found(
						place.asFound(queue.lock(), queue.position(place), queue.holds(place), now())));
	}

	@Override
	public CompletableFuture<DeclareResult> declare(String lock, LockKind kind, int permits) {
		this.limits.checkLock(lock);
		LockKind.checkDeclared(kind, permits);
		return ask(() -> {
			MemoryQueue queue = queue(lock);
			if (!queue.declare(kind, permits)) {
				return new DeclareResult.InUse(queue.kind(), queue.permits());
			}
			grant(queue);
			return new DeclareResult.Declared(kind, permits);
		});
	}

	@Override
	public CompletableFuture<LockView> view(String lock) {
		this.limits.checkLock(lock);
		return ask(() -> this.queues.getOrDefault(lock, new MemoryQueue(lock)).view(this.sequence, now()));
	}

	@Override
	public CompletableFuture<LockList> locks() {
		return ask(() -> new LockList(Long.toString(this.sequence),
				this.queues.values().stream().map(MemoryQueue::summary).toList()));
	}

	@Override
	public CompletableFuture<DeadlockList> deadlocks() {
		return ask(() -> new DeadlockList(Long.toString(this.sequence), MemoryQueue.deadlocks(this.queues.values())));
	}

	private void write(MemoryQueue queue, MemoryPlace place, LeaseData data) {
		place.write(data, now());
		if (place.expiry != null) {
			place.expiry.cancel();
		}
		place.expiry = this.timers.at(place.expiresAt(), () -> expire(queue, place));
	}

	/** While a call waits in it, a place is kept. */
	private void expire(MemoryQueue queue, MemoryPlace place) {
		if (place.calls.isEmpty()) {
			remove(queue, place);
		}
		else {
			write(queue, place, place.data());
		}
	}

	private void remove(MemoryQueue queue, MemoryPlace place) {
		queue.places().remove(place);
		if (place.expiry != null) {
			place.expiry.cancel();
		}
		take(place).forEach((call) -> call.end(this.serial, new AcquireResult.Gone()));
		grant(queue);
		forgetIdle(queue);
	}

	private void grant(MemoryQueue queue) {
		for (MemoryPlace holder : queue.holders()) {
			List<Call.Acquire> granted = take(holder);
			if (!granted.isEmpty()) {
				write(queue, holder, holder.data());
			}
			granted.forEach((call) -> held(queue, holder, call));
		}
	}

	private static List<Call.Acquire> take(MemoryPlace place) {
		List<Call.Acquire> calls = new ArrayList<>(place.calls);
		place.calls.clear();
		return calls;
	}

	private MemoryQueue queue(String lock) {
		return this.queues.computeIfAbsent(lock, MemoryQueue::new);
	}

	private void forgetIdle(MemoryQueue queue) {
		if (queue.isIdle()) {
			this.queues.remove(queue.lock());
		}
	}

	private long now() {
		return this.ticker.getAsLong();
	}

	private <T> CompletableFuture<T> on(Claim claim, T absent, T refused, Deed<T> deed) {
		this.limits.check(claim);
		return on(claim.lock(), claim.lease(), absent, (queue, place, arrival) -> place.isClosedTo(claim.principal())
				? refused : deed.on(queue, place, arrival));
	}

	private <T> CompletableFuture<T> on(String lock, UUID lease, T absent, Deed<T> deed) {
		this.limits.checkLock(lock);
		long arrival = now();
		return ask(() -> {
			MemoryQueue queue = this.queues.get(lock);
			MemoryPlace place = (queue != null) ? queue.find(lease) : null;
			return (queue != null && place != null) ? deed.on(queue, place, arrival) : absent;
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
				body.run();
			}
		});
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
		this.serial.run(() -> {
			this.closed = true;
			Consumer<Call.Acquire> end = (call) -> call.fail(this.serial,
					new LocksUnavailableException("the locks are closed", Duration.ofSeconds(1)));
			this.queues.values().forEach((queue) -> queue.places().forEach((place) -> take(place).forEach(end)));
		});
	}

	/**
	 * What is done to a place that is there.
	 *
	 * @param <T> the answer
	 */
	private interface Deed<T> {

		T on(MemoryQueue queue, MemoryPlace place, long arrival);

	}

}
