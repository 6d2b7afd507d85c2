package io.roster.locks;

/**
 * Answers the calls of a seat by the state of the queue. Once the mirror has reached a
 * node's czxid nothing new can come in front of it: a replica that lags grants late,
 * never wrongly. Confined to the replica's {@link Serial}.
 */
final class Grants {

	private final Replica replica;

	private final SeatCalls calls;

	private final KeepAlive keepAlive;

	private final Leases leases;

	private final LeasePlaces places;

	private final Runnable next;

	/**
	 * For one seat.
	 * @param replica where it is
	 * @param places where its lease stands
	 * @param calls its calls
	 * @param keepAlive knows when the node was written to
	 * @param next the seat's next step
	 */
	Grants(Replica replica, LeasePlaces places, SeatCalls calls, KeepAlive keepAlive, Runnable next) {
		this.replica = replica;
		this.places = places;
		this.calls = calls;
		this.keepAlive = keepAlive;
		this.leases = new Leases(replica);
		this.next = next;
	}

	/**
	 * Answers a renewal that has just committed. The mirror stands exactly at that write.
	 */
	void renewed(Call.Renew call, QueueNode node, LeaseData data) {
		Long token = call.token();
		if (token != null && !FencingTokens.isOf(token, node.czxid())) {
			// It was given with a node that was there before this one.
			this.calls.end(call, new RenewResult.Gone());
		}
		else if (token != null || this.places.holds(node)) {
			this.calls.end(call, new RenewResult.Renewed(this.leases.held(node, data, call.arrival())));
		}
		else {
			this.calls.end(call, new RenewResult.Renewed(this.leases.waiting(node, data, call.arrival())));
		}
	}

	/**
	 * Answers an acquire for which a write to the node has committed, if the queue has an
	 * answer for it.
	 */
	void settle(Call.Acquire call, QueueNode node, LeaseData data) {
		LockKind other = this.places.kindAgainst(node);
		AcquireResult refusal = call.refusal;
		if (refusal != null) {
			// Somebody else still waits in this place.
			this.calls.end(call, refusal);
		}
		else if (call.refusing) {
			// The holders are being looked up.
		}
		else if (other != null) {
			refuse(call, new AcquireResult.WrongKind(other));
		}
		else if (this.places.holds(node)) {
			for (QueueNode place : this.replica.queues().together(node)) {
				Lease held = this.leases.held(place, data, call.arrival());
				this.replica.chronicle().granted(place, held, call.queued, call.arrival());
			}
			this.calls.end(call, new AcquireResult.Held(this.leases.held(node, data, call.arrival())));
		}
		else if (!call.isWaitOver()) {
			call.queued = true;
			checkDeadlock(call, node);
		}
		else if (call.isWaitOver() && !call.request().maxWait().isZero()) {
			Lease waiting = this.leases.waiting(node, data, this.keepAlive.lastWrite());
			this.calls.end(call, new AcquireResult.Waiting(waiting));
		}
		else if (call.isWaitOver()) {
			call.refusing = true;
			new Places(this.replica).describe(this.places.holders(node),
					(holders) -> refuse(call, new AcquireResult.Refused(holders)));
		}
	}

	/**
	 * After the own create, so that of those who close a cycle together one sees it.
	 */
	private void checkDeadlock(Call.Acquire call, QueueNode node) {
		if (call.mustBeChecked(this.replica.era())) {
			this.places.blocked(node).forEach((blocked) -> checkDeadlock(call, node, blocked));
		}
	}

	private void checkDeadlock(Call.Acquire call, QueueNode node, QueueNode blocked) {
		this.replica.deadlocks().check(blocked, (place) -> call.follows(blocked, place), (cycle) -> {
			boolean waits = !call.ended() && this.places.nodes().contains(node) && !this.places.holds(node);
			if (cycle != null && waits && !call.refusing) {
				refuse(call, new AcquireResult.Deadlocked(cycle));
			}
		});
	}

	/** To be answered when its place has been given up. */
	private void refuse(Call.Acquire call, AcquireResult refusal) {
		call.refusing = true;
		call.refusal = refusal;
		this.replica.serial().run(this.next);
	}

}
