package io.roster.locks;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Finds leases of several locks by their id. Confined to the replica's {@link Serial}.
 */
final class MultiLeases {

	private final Replica replica;

	MultiLeases(Replica replica) {
		this.replica = replica;
	}

	/**
	 * Finds one place of a lease, after the ensemble has caught up if need be.
	 * @param lease the id of the lease
	 * @param call who asks; fails if the ensemble cannot be asked
	 * @param found takes a place that was read
	 * @param absent there is no such lease
	 */
	void locate(UUID lease, Call<?> call, Consumer<QueueNode> found, Runnable absent) {
		if (call.ended()) {
			return;
		}
		List<QueueNode> nodes = this.replica.queues().nodesOf(lease);
		QueueNode known = nodes.stream().filter((node) -> node.locks() != null).findFirst().orElse(null);
		QueueNode unread = this.replica.queues().unread(lease);
		Runnable again = () -> locate(lease, call, found, absent);
		if (unread != null) {
			this.replica.read(unread, (answer) -> then(call, answer, again));
		}
		else if (known != null) {
			found.accept(known);
		}
		else if (call.looked) {
			absent.run();
		}
		else {
			look(call, again);
		}
	}

	private void look(Call<?> call, Runnable then) {
		this.replica.operations().sync((answer) -> {
			call.looked = answer.done();
			then(call, answer, then);
		});
	}

	private void then(Call<?> call, Answer answer, Runnable then) {
		if (call.ended()) {
			return;
		}
		if ((answer.done() || answer.noNode()) && this.replica.inSync()) {
			then.run();
		}
		else {
			call.fail(this.replica.serial(),
					(answer.done() || answer.noNode() || answer.lost())
							? this.replica.unavailable("the ensemble could not be asked")
							: this.replica.operations().failure(answer));
		}
	}

	/** One lease, after the ensemble has caught up. */
	void find(MultiClaim claim, Call<MultiResult> call) {
		MultiResult gone = new MultiResult.Ended(new AcquireResult.Gone());
		look(call, () -> locate(claim.lease(), call, (node) -> read(claim, node, call), () -> end(call, gone)));
	}

	private void read(MultiClaim claim, QueueNode node, Call<MultiResult> call) {
		List<String> locks = node.locks();
		QueueNode anchor = this.replica.queues().together(node).get(0);
		if (locks == null || !anchor.isAnchor()) {
			end(call, new MultiResult.Ended(new AcquireResult.Gone()));
			return;
		}
		this.replica.read(anchor,
				(answer) -> then(call, answer, () -> readAll(new ArrayList<>(this.replica.queues().together(anchor)),
						call, () -> end(call, found(claim, anchor, locks)))));
	}

	/** What all the locks were declared as, and who stands with whom. */
	private void readAll(List<QueueNode> nodes, Call<?> call, Runnable then) {
		if (nodes.isEmpty()) {
			then.run();
			return;
		}
		QueueNode node = nodes.remove(0);
		LockQueue queue = this.replica.queues().find(node.lock());
		Runnable next = () -> readAll(nodes, call, then);
		if (queue != null && queue.config() == null) {
			this.replica.declarations().read(queue, (answer) -> then(call, answer, next));
		}
		else {
			next.run();
		}
	}

	private MultiResult found(MultiClaim claim, QueueNode anchor, List<String> locks) {
		LeaseData data = anchor.lease();
		LeasePlaces places = LeasePlaces.ofSeveral(this.replica.queues(), claim.lease(), locks);
		if (data == null || !places.isWhole(anchor)) {
			return new MultiResult.Ended(new AcquireResult.Gone());
		}
		if (Claim.isStranger(data.principal(), claim.principal())) {
			return new MultiResult.Ended(new AcquireResult.NotYours());
		}
		Leases leases = new Leases(this.replica);
		long now = this.replica.now();
		long since = now - data.ttlNanos() + anchor.vouchedRest(now, data.ttlNanos());
		Lease lease = places.holds(anchor) ? leases.held(anchor, data, since) : leases.waiting(anchor, data, since);
		return new MultiResult.Standing(MultiLease.of(lease, locks));
	}

	private void end(Call<MultiResult> call, MultiResult result) {
		if (!call.ended()) {
			call.end(this.replica.serial(), result);
		}
	}

}
