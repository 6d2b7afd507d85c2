package io.roster.locks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * All queues in memory, and what happens in them. Confined to the {@link Serial} of their
 * owner.
 */
final class MemoryQueues {

	private final LockLimits limits;

	private final LongSupplier ticker;

	private final Serial serial;

	private final Timers timers;

	private final Map<String, MemoryQueue> queues = new TreeMap<>();

	private long sequence;

	MemoryQueues(LockLimits limits, LongSupplier ticker, Serial serial, Timers timers) {
		this.limits = limits;
		this.ticker = ticker;
		this.serial = serial;
		this.timers = timers;
	}

	Collection<MemoryQueue> all() {
		return this.queues.values();
	}

	long sequence() {
		return this.sequence;
	}

	@Nullable MemoryQueue find(String lock) {
		return this.queues.get(lock);
	}

	MemoryQueue queue(String lock) {
		return this.queues.computeIfAbsent(lock, MemoryQueue::new);
	}

	@Nullable MemoryPlace find(String lock, UUID lease) {
		MemoryQueue queue = find(lock);
		return (queue != null) ? queue.find(lease) : null;
	}

	/** The anchor of a lease of several locks. */
	@Nullable MemoryPlace find(UUID lease) {
		return all().stream()
			.map((queue) -> queue.find(lease))
			.filter((place) -> place != null && place.data().locks() != null)
			.findFirst()
			.map(MemoryPlace::anchor)
			.orElse(null);
	}

	/**
	 * Takes a place, or goes on in one.
	 * @param call the call
	 * @param wanted what it wants, of how many locks
	 */
	void acquire(Call.Acquire call, LeaseData wanted) {
		AcquireRequest request = call.request();
		List<String> locks = (wanted.locks() != null) ? wanted.locks() : List.of(request.lock());
		long unknown = locks.stream().filter((lock) -> find(lock) == null).count();
		if (unknown > 0 && this.queues.size() + unknown > this.limits.maxLocks()) {
			call.end(this.serial, new AcquireResult.TooManyLocks(this.limits.maxLocks()));
			return;
		}
		MemoryPlace place = find(request.lock(), request.lease());
		if (place != null && place.isOther(wanted.locks())) {
			throw Seats.otherLocks("lock " + request.lock() + " has a place of it");
		}
		AcquireResult refusal = (place != null) ? place.refusal(request) : refusal(locks, request.mode());
		if (refusal != null) {
			call.end(this.serial, refusal);
			locks.forEach((lock) -> forgetIdle(queue(lock)));
			return;
		}
		if (place == null) {
			place = make(request, wanted, locks);
		}
		write(place, wanted.in(place.data()));
		settle(place, call);
	}

	private MemoryPlace make(AcquireRequest request, LeaseData wanted, List<String> locks) {
		MemoryPlace anchor = new MemoryPlace(queue(request.lock()), request.lease(), wanted, ++this.sequence, now());
		locks.stream().filter((lock) -> !lock.equals(request.lock())).forEach((lock) -> anchor.in(queue(lock)));
		anchor.together().forEach((place) -> place.queue().places().add(place));
		return anchor;
	}

	private @Nullable AcquireResult refusal(List<String> locks, Mode mode) {
		return locks.stream()
			.map((lock) -> refusal(queue(lock), mode))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private @Nullable AcquireResult refusal(MemoryQueue queue, Mode mode) {
		LockKind kind = queue.kindFor(mode);
		if (!kind.has(mode)) {
			return new AcquireResult.WrongKind(kind);
		}
		boolean full = queue.places().size() - queue.holders().size() >= this.limits.maxWaiters();
		return full ? new AcquireResult.QueueFull(this.limits.maxWaiters()) : null;
	}

	private void settle(MemoryPlace place, Call.Acquire call) {
		List<MemoryPlace> blocked = place.blocked();
		Deadlock cycle = (blocked.isEmpty() || call.isWaitOver()) ? null : cycle(blocked, call.request());
		if (blocked.isEmpty()) {
			held(place, call);
		}
		else if (call.isWaitOver()) {
			refuse(place, call, new AcquireResult.Refused(
					blocked.stream().flatMap((waiting) -> waiting.queue().show(true, now()).stream()).toList()));
		}
		else if (cycle != null) {
			refuse(place, call, new AcquireResult.Deadlocked(cycle));
		}
		else {
			place.calls.add(call);
			call.waitEnd = this.timers.at(call.arrival() + call.request().maxWait().toNanos(),
					() -> waitIsOver(place, call));
		}
	}

	private @Nullable Deadlock cycle(List<MemoryPlace> blocked, AcquireRequest request) {
		return blocked.stream()
			.map((place) -> MemoryQueue.cycle(all(), request, place.queue().lock()))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private void refuse(MemoryPlace place, Call.Acquire call, AcquireResult refusal) {
		call.end(this.serial, refusal);
		if (place.calls.isEmpty()) {
			remove(place);
		}
	}

	private void held(MemoryPlace place, Call.Acquire call) {
		place.vouch(call.arrival());
		call.end(this.serial, new AcquireResult.Held(place.asLease(call.arrival(), now())));
	}

	/** The place is kept for a TTL from now. */
	private void waitIsOver(MemoryPlace place, Call.Acquire call) {
		place.calls.remove(call);
		write(place, place.data());
		call.end(this.serial, new AcquireResult.Waiting(place.asLease(now(), now())));
	}

	void abandon(Call.Acquire call) {
		call.end();
		MemoryPlace place = find(call.request().lock(), call.request().lease());
		if (place != null && place.calls.remove(call)) {
			write(place, place.data());
		}
	}

	void write(MemoryPlace place, LeaseData data) {
		place.write(data, now());
		if (place.expiry != null) {
			place.expiry.cancel();
		}
		place.expiry = this.timers.at(place.expiresAt(), () -> expire(place));
	}

	/** While a call waits in it, a place is kept. */
	private void expire(MemoryPlace place) {
		if (place.calls.isEmpty()) {
			remove(place);
		}
		else {
			write(place, place.data());
		}
	}

	/** With all that are of the same lease. */
	void remove(MemoryPlace place) {
		List<MemoryPlace> together = place.together();
		together.forEach((each) -> each.queue().places().remove(each));
		if (place.expiry != null) {
			place.expiry.cancel();
		}
		take(place).forEach((call) -> call.end(this.serial, new AcquireResult.Gone()));
		together.forEach((each) -> grant(each.queue()));
		together.forEach((each) -> forgetIdle(each.queue()));
	}

	/** Whoever holds all it asked for is told. */
	void grant(MemoryQueue queue) {
		for (MemoryPlace holder : queue.holders()) {
			MemoryPlace anchor = holder.anchor();
			List<Call.Acquire> granted = anchor.holds() ? take(anchor) : List.of();
			if (!granted.isEmpty()) {
				write(anchor, anchor.data());
			}
			granted.forEach((call) -> held(anchor, call));
		}
	}

	/** Those that wait in a place, which do no longer. */
	static List<Call.Acquire> take(MemoryPlace place) {
		List<Call.Acquire> calls = new ArrayList<>(place.calls);
		place.calls.clear();
		return calls;
	}

	private void forgetIdle(MemoryQueue queue) {
		if (queue.isIdle()) {
			this.queues.remove(queue.lock());
		}
	}

	private long now() {
		return this.ticker.getAsLong();
	}

}
