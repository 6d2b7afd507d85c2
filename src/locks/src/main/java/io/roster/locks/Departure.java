package io.roster.locks;

import java.util.List;

/**
 * Takes the places of a seat away. Confined to the replica's {@link Serial}.
 */
final class Departure {

	private static final long NONE = -1;

	private final Replica replica;

	private final Seat seat;

	private final SeatCalls calls;

	private long lookedAt = NONE;

	Departure(Replica replica, Seat seat, SeatCalls calls) {
		this.replica = replica;
		this.seat = seat;
		this.calls = calls;
	}

	/** The lease is given back, or refused. */
	void leave() {
		List<QueueNode> nodes = this.seat.places().leaving();
		if (nodes.isEmpty()) {
			left();
			return;
		}
		List<Call<ReleaseResult>> releases = this.calls.releases();
		Chronicle chronicle = this.replica.chronicle();
		List<LockEvent.Ended> ended = nodes.stream()
			.map((node) -> chronicle.ended(node, LockEvent.Cause.RELEASED, null))
			.toList();
		this.seat.ask((then) -> this.replica.operations().joint().delete(nodes, then), (answer) -> {
			if (answer.done() || answer.lost()) {
				releases.forEach((call) -> call.deleted = true);
			}
			if (answer.done() && !releases.isEmpty()) {
				ended.forEach(chronicle.events()::tell);
			}
			nodes.forEach((answer.done() || answer.noNode()) ? this.replica::gone : this.replica.handToHand()::stays);
		});
		if (!releases.isEmpty()) {
			nodes.forEach(this.replica.handToHand()::leaves);
		}
	}

	private void left() {
		boolean released = this.calls.isReleasing();
		if (released && !this.calls.haveDeleted() && !this.calls.haveLooked()) {
			this.seat.look();
			return;
		}
		this.calls.endReleases();
		for (Call.Acquire call : this.calls.acquires()) {
			AcquireResult refusal = call.refusal;
			if (refusal != null || released) {
				this.calls.end(call, (refusal != null) ? refusal : new AcquireResult.Gone());
			}
		}
		if (released) {
			this.calls.endRenewsAsGone();
		}
		this.replica.serial().run(this.seat::drive);
	}

	/**
	 * One of several places is not there. Either the mirror stands within the events of
	 * their transaction: a {@code sync} shows the others. Or somebody took it away who
	 * knows nothing of the others: then there is no such lease any more.
	 */
	void torn(QueueNode anchor) {
		if (this.lookedAt != anchor.czxid()) {
			this.seat.ask(this.replica.operations()::sync, (answer) -> {
				if (answer.done()) {
					this.lookedAt = anchor.czxid();
				}
			});
			return;
		}
		List<QueueNode> rest = this.replica.queues().together(anchor);
		this.seat.ask((then) -> this.replica.operations().joint().delete(rest, then), (answer) -> {
			if (answer.done() || answer.noNode()) {
				rest.forEach(this.replica::gone);
			}
		});
	}

}
