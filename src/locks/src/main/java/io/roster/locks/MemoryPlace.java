package io.roster.locks;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One lease in a {@link MemoryQueue}. Confined to the {@link Serial} of its owner.
 */
final class MemoryPlace {

	private final UUID lease;

	private final Mode mode;

	private final LockKind kind;

	private final long sequence;

	private final long seenAt;

	private LeaseData data;

	private long writtenAt;

	private long arrival;

	/** The calls that wait in it. */
	final List<Call.Acquire> calls = new ArrayList<>();

	Timers.@Nullable Timer expiry;

	MemoryPlace(AcquireRequest request, LockKind kind, long sequence, long now) {
		this.lease = request.lease();
		this.mode = request.mode();
		this.kind = kind;
		this.sequence = sequence;
		this.seenAt = now;
		this.data = LeaseData.of(request);
	}

	UUID lease() {
		return this.lease;
	}

	Mode mode() {
		return this.mode;
	}

	LockKind kind() {
		return this.kind;
	}

	LeaseData data() {
		return this.data;
	}

	@Nullable String revoked() {
		return this.data.revoked();
	}

	/** Whether it belongs to somebody else. */
	boolean isClosedTo(@Nullable String principal) {
		return Claim.isStranger(this.data.principal(), principal);
	}

	/** Why it cannot go on as a request asks, if so. */
	@Nullable AcquireResult refusal(AcquireRequest request) {
		String reason = revoked();
		if (isClosedTo(request.principal())) {
			return new AcquireResult.NotYours();
		}
		if (this.mode != request.mode()) {
			return new AcquireResult.OtherMode(this.mode);
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
		return this.writtenAt + this.data.ttlNanos();
	}

	Lease asLease(String lock, int position, boolean holds, long since, long now) {
		return new Lease(lock, this.lease.toString(), this.data.owner(), this.mode,
				holds ? LeaseState.HELD : LeaseState.WAITING, holds ? 0 : position, holds ? token() : null,
				Durations.text(this.data.ttl()), Durations.restMillis(since + this.data.ttlNanos() - now));
	}

	Lease asFound(String lock, int position, boolean holds, long now) {
		return asLease(lock, position, holds, this.arrival, now);
	}

	Place asPlace(String lock, int position, boolean holds, long now) {
		return new Place(lock, this.lease.toString(), this.data.owner(), this.mode,
				holds ? LeaseState.HELD : LeaseState.WAITING, holds ? 0 : position, holds ? token() : null,
				Durations.text(this.data.ttl()), Durations.restMillis(expiresAt() - now),
				"%s%010d".formatted(PlaceName.prefix(this.lease, this.kind, this.mode), this.sequence), ClientKind.REST,
				Durations.restMillis(now - this.seenAt), revoked(), this.data.principal());
	}

	WaitLine.Spot spot() {
		String owner = this.data.owner();
		return new WaitLine.Spot((owner != null) ? new WaitLine.Owner(owner, this.data.principal()) : null,
				this.mode == Mode.SHARED && this.kind == LockKind.READ_WRITE);
	}

	String token() {
		return Long.toString(this.sequence);
	}

}
