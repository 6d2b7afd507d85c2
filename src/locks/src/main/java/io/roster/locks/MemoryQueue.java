package io.roster.locks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The places of one lock in memory, in their order. Confined to the {@link Serial} of its
 * owner.
 */
final class MemoryQueue {

	private final String lock;

	private final List<MemoryPlace> places = new ArrayList<>();

	private @Nullable LockKind declared;

	private int permits = 1;

	MemoryQueue(String lock) {
		this.lock = lock;
	}

	String lock() {
		return this.lock;
	}

	List<MemoryPlace> places() {
		return this.places;
	}

	boolean isIdle() {
		return this.places.isEmpty() && this.declared == null;
	}

	@Nullable MemoryPlace find(UUID lease) {
		return this.places.stream().filter((place) -> place.lease().equals(lease)).findFirst().orElse(null);
	}

	int permits() {
		return this.permits;
	}

	/**
	 * Makes it a lock of a kind, if it may become one.
	 * @return whether it is one now
	 */
	boolean declare(LockKind kind, int permits) {
		boolean same = this.declared == kind && permits == this.permits;
		boolean raised = this.declared == LockKind.SEMAPHORE && kind == LockKind.SEMAPHORE && permits > this.permits;
		if (!same && !raised && !this.places.isEmpty()) {
			return false;
		}
		this.declared = kind;
		this.permits = permits;
		return true;
	}

	LockKind kind() {
		if (this.declared != null) {
			return this.declared;
		}
		return this.places.isEmpty() ? LockKind.MUTEX : this.places.get(0).kind();
	}

	LockKind kindFor(Mode mode) {
		return (this.declared == null && this.places.isEmpty()) ? LockKind.of(mode) : kind();
	}

	/**
	 * An exclusive place holds at the head, a shared one with nothing exclusive before,
	 * one of a semaphore with fewer than its permits before.
	 */
	boolean holds(MemoryPlace place) {
		int position = position(place);
		return (position >= 0 && position < this.permits)
				|| (kind() != LockKind.SEMAPHORE && place.mode() == Mode.SHARED
						&& this.places.subList(0, position).stream().allMatch((front) -> front.mode() == Mode.SHARED));
	}

	int position(MemoryPlace place) {
		return this.places.indexOf(place);
	}

	List<MemoryPlace> holders() {
		return this.places.stream().filter(this::holds).toList();
	}

	/** The owners who wait for each other. */
	static List<Deadlock> deadlocks(Collection<MemoryQueue> queues) {
		return new WaitGraph(queues.stream().map(MemoryQueue::line).map(WaitLine::ofThreads).toList()).deadlocks();
	}

	/** The cycle in which a request waits that asks to be refused then, if so. */
	static @Nullable Deadlock cycle(Collection<MemoryQueue> queues, AcquireRequest request, String lock) {
		String owner = request.owner();
		return (owner != null && request.onDeadlock() == OnDeadlock.REFUSE)
				? new WaitGraph(queues.stream().map(MemoryQueue::line).toList())
					.closedBy(new WaitLine.Owner(owner, request.principal()), lock)
				: null;
	}

	private WaitLine line() {
		return new WaitLine(this.lock, this.permits, this.places.stream().map(MemoryPlace::spot).toList());
	}

	LockSummary summary() {
		int holders = holders().size();
		return new LockSummary(this.lock, kind(), holders, this.places.size() - holders);
	}

	LockView view(long revision, long now) {
		return new LockView(this.lock, kind(), this.permits, Long.toString(revision), show(true, now),
				show(false, now));
	}

	List<Place> show(boolean holding, long now) {
		return this.places.stream()
			.filter((place) -> holds(place) == holding)
			.map((place) -> place.asPlace(now))
			.toList();
	}

}
