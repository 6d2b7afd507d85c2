package io.roster.locks;

import java.util.UUID;

/**
 * Passes a lock from one place to the next. Where a client gives its place back at this
 * replica, that place stops to count here as soon as its delete has been handed to the
 * connection: who comes next and waits at this replica is granted at once, and the rate
 * of a contended lock is not bound by one commit for each handover. Confined to the
 * replica's {@link Serial}.
 * <p>
 * Why that is safe: let a place X be granted. All places in front of it were made before
 * it, so the mirror, which has reached X's creation, had shown each of them. One that is
 * not counted is gone, or its client has said that it is done, and a client that has sent
 * its release acts on the lease no more, and may only repeat the release. So whoever is
 * still at work in front of X was counted, at this replica as at any other; and nothing
 * new comes in front of X. Each replica leaves out its own releases alone: a replica that
 * does not know of one counts more places than there are clients at work, and grants
 * later, not wrongly. This holds whether the delete ever arrives or not:
 * <ul>
 * <li>X gives its place back at another replica before the delete has committed: that
 * replica still sees the released place in front of whoever comes third.
 * <li>This replica dies, and the delete with it: others see X behind the released place
 * until its client repeats the release, or it expires. A renewal of X with its token is
 * answered as held wherever it stands; one without may be told to wait that long.
 * <li>A renewal of the released place overtakes the delete: so that deletes any version.
 * <li>The delete is refused, or its answer lost: the place counts again at once, until
 * the seat has sent another. Nobody is granted in between that would not be anyhow.
 * </ul>
 * A release alone does this. An expiry may find that its place was renewed, and what an
 * operator forces, or what this replica withdraws or gives up after a refusal, nobody has
 * promised to be done with. Without a connection that stands nothing is passed on.
 */
final class HandToHand {

	private final Replica replica;

	HandToHand(Replica replica) {
		this.replica = replica;
	}

	/** The client of a place has given it back, and the delete is on its way. */
	void leaves(QueueNode node) {
		LockQueue queue = this.replica.queues().find(node.lock());
		boolean mayPass = this.replica.options().handToHand() && this.replica.inSync()
				&& this.replica.operations().reach();
		if (mayPass && queue != null && queue.contains(node)) {
			queue.leaves(node);
			this.replica.watches().removed(node);
			next(queue);
		}
	}

	/** The place is still there, as far as is known. */
	void stays(QueueNode node) {
		LockQueue queue = this.replica.queues().find(node.lock());
		if (queue != null) {
			queue.stays(node);
			this.replica.watches().stays(node);
		}
	}

	/** Whoever is next holds the lock, and is told without a read. */
	void next(LockQueue queue) {
		for (QueueNode holder : queue.holders()) {
			holder.holds(this.replica.now());
			UUID lease = holder.leaseId();
			Seat waiting = (lease != null) ? this.replica.seat(queue.lock(), lease) : null;
			if (waiting != null) {
				waiting.drive();
			}
		}
		this.replica.watches().holders(queue.lock());
	}

}
