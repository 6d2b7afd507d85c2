package io.roster.locks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One lease in a {@link MemoryQueue}. One of several locks has a place in each of them;
 * the first of these, its anchor, carries what they have in common. Confined to the
 * {@link Serial} of its owner.
 */
final class MemoryPlace {

	private final MemoryQueue queue;

	private final UUID lease;

	private final LockKind kind;

	private final long sequence;

	private final long seenAt;

	private final MemoryPlace anchor;

	private final List<MemoryPlace> together;

	private LeaseData data;

	private long writtenAt;

	private long arrival;

	/** The calls that wait in it. */
	final List<Call.Acquire> calls = new ArrayList<>();

	Timers.@Nullable Timer expiry;

	/**
	 * The place of a lease, or the anchor of several.
	 */
	MemoryPlace(MemoryQueue queue, UUID lease, LeaseData data, long sequence, long now) {
		this.queue = queue;
		this.lease = lease;
		this.data = data;
		this.kind = queue.kindFor(data.mode());
		this.sequence = sequence;
		this.seenAt = now;
		this.anchor = this;
		this.together = new ArrayList<>(List.of(this));
	}

	private MemoryPlace(MemoryQueue queue, MemoryPlace anchor) {
		this.queue = queue;
		this.lease = anchor.lease;
		this.data = anchor.data;
		this.kind = queue.kindFor(anchor.data.mode());
		this.sequence = anchor.sequence;
		this.seenAt = anchor.seenAt;
		this.anchor = anchor;
		this.together = anchor.together;
	}

	/** Another place of the same lease. */
	MemoryPlace in(MemoryQueue other) {
		MemoryPlace place = new MemoryPlace(other, this.anchor);
		this.together.add(place);
		return place;
	}

	MemoryQueue queue() {
		return this.queue;
	}

	UUID lease() {
		return this.lease;
	}

	MemoryPlace anchor() {
		return this.anchor;
	}

	/** All places of the lease. */
	List<MemoryPlace> together() {
		return this.together;
	}

	/** Whether all places of the lease hold. */
	boolean holds() {
		return blocked().isEmpty();
	}

	/** The places of the lease that wait. */
	List<MemoryPlace> blocked() {
		return this.together.stream().filter((place) -> !place.queue.holds(place)).toList();
	}

	Mode mode() {
		return this.data.mode();
	}

	LockKind kind() {
		return this.kind;
	}

	LeaseData data() {
		return this.anchor.data;
	}

	@Nullable String revoked() {
		return data().revoked();
	}

	/** Whether it is a place of other locks. */
	boolean isOther(@Nullable List<String> locks) {
		List<String> own = data().locks();
		return (own == null || locks == null) ? own != locks : !new HashSet<>(own).equals(new HashSet<>(locks));
	}

	/** Whether it belongs to somebody else. */
	boolean isClosedTo(@Nullable String principal) {
		return Claim.isStranger(data().principal(), principal);
	}

	/** Why it cannot go on as a request asks, if so. */
	@Nullable AcquireResult refusal(AcquireRequest request) {
		String reason = revoked();
		if (isClosedTo(request.principal())) {
			return new AcquireResult.NotYours();
		}
		if (mode() != request.mode()) {
			return new AcquireResult.OtherMode(mode());
		}
		return (reason != null) ? new AcquireResult.Revoked(reason) : null;
	}

	/** It lives for a TTL from now. */
	void write(LeaseData data, long now) {
		this.data = data;
		this.writtenAt = now;
	}

	/** A call is about to be answered that came then. */
	void vouch(long arrival) {
		this.arrival = arrival;
	}

	long expiresAt() {
		return this.anchor.writtenAt + data().ttlNanos();
	}

	/** What its client is told. */
	Lease asLease(long since, long now) {
		boolean holds = holds();
		return new Lease(this.queue.lock(), this.lease.toString(), data().owner(), mode(),
				holds ? LeaseState.HELD : LeaseState.WAITING, holds ? 0 : this.queue.position(this),
				holds ? token() : null, Durations.text(data().ttl()),
				Durations.restMillis(since + data().ttlNanos() - now));
	}

	Lease asFound(long now) {
		return asLease(this.arrival, now);
	}

	/** What an onlooker of its queue is shown. */
	Place asPlace(long now) {
		boolean holds = this.queue.holds(this);
		return new Place(this.queue.lock(), this.lease.toString(), data().owner(), mode(),
				holds ? LeaseState.HELD : LeaseState.WAITING, holds ? 0 : this.queue.position(this),
				holds ? token() : null, Durations.text(data().ttl()), Durations.restMillis(expiresAt() - now),
				"%s%010d".formatted(PlaceName.prefix(this.lease, this.kind, mode()), this.sequence), ClientKind.REST,
				Durations.restMillis(now - this.seenAt), revoked(), data().principal());
	}

	WaitLine.Spot spot() {
		String owner = data().owner();
		return new WaitLine.Spot((owner != null) ? new WaitLine.Owner(owner, data().principal()) : null,
				mode() == Mode.SHARED && this.kind == LockKind.READ_WRITE);
	}

	String token() {
		return Long.toString(this.sequence);
	}

}
