package io.roster.locks;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Tells what this replica does for leases, to listeners and to the audit trail. Confined
 * to the replica's {@link Serial}.
 */
final class Chronicle {

	/** How many records of the audit trail are kept, here and in the ensemble. */
	private static final int AUDIT_KEPT = 1000;

	private final Replica replica;

	private final Events events;

	private final AuditTrail trail;

	Chronicle(Replica replica, Clock clock) {
		this.replica = replica;
		this.events = new Events(replica.serial());
		this.trail = new AuditTrail(clock, new AuditStore(replica.operations(), AUDIT_KEPT), AUDIT_KEPT);
	}

	/** May be called on any thread. */
	Events events() {
		return this.events;
	}

	AuditTrail trail() {
		return this.trail;
	}

	/** What is told of a place that this replica has taken away. */
	LockEvent.Ended ended(QueueNode node, LockEvent.Cause cause, @Nullable String reason) {
		UUID lease = node.leaseId();
		LeaseData data = node.lease();
		long held = node.heldNanos(this.replica.now());
		return new LockEvent.Ended(node.lock(), node.name().text(), (lease != null) ? lease.toString() : null,
				(data != null) ? data.owner() : null, cause, (held >= 0) ? Duration.ofNanos(held) : null, reason);
	}

	/** A lease is about to be answered as held. */
	void granted(QueueNode node, Lease lease, boolean queued, long arrival) {
		node.holds(this.replica.now());
		if (!node.granted) {
			node.granted = true;
			this.trail.granted(node, lease, this.replica.revision());
			this.events.tell(new LockEvent.Granted(lease, queued, Duration.ofNanos(this.replica.now() - arrival)));
		}
	}

	/** A lease that nobody renewed was taken away. */
	void expired(QueueNode node, LeaseData data) {
		this.trail.expired(node, data.owner(), this.replica.revision());
		this.events.tell(ended(node, LockEvent.Cause.EXPIRED, null));
	}

}
