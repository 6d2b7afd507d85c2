package io.roster.locks;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.apache.zookeeper.Op;
import org.jspecify.annotations.Nullable;

/**
 * What operators do to places, each in one transaction with its record. Confined to the
 * replica's {@link Serial}.
 */
final class Endings {

	/** Each reads a place. */
	private static final int TRIES = 40;

	private final Replica replica;

	private final AuditTrail trail;

	Endings(Replica replica, AuditTrail trail) {
		this.replica = replica;
		this.trail = trail;
	}

	/**
	 * Writes into a lease that it is revoked: it ends with its TTL, because its renewals
	 * are refused from now on.
	 */
	void revoke(String lock, UUID lease, String reason, Call<EndResult> call) {
		Supplier<List<QueueNode>> places = () -> together(this.replica.queues().nodesOf(lock, lease));
		read(places, call, TRIES, (nodes) -> revoke(nodes, reason, call, () -> revoke(lock, lease, reason, call)));
	}

	private void revoke(List<QueueNode> nodes, String reason, Call<EndResult> call, Runnable again) {
		QueueNode node = nodes.get(0);
		QueueNode.Content content = node.content();
		LeaseData data = node.lease();
		if (content == null || data == null) {
			call.end(this.replica.serial(), EndResult.GONE);
			return;
		}
		List<Op> deed = nodes.stream().map((each) -> revocation(each, reason)).toList();
		AuditRecord record = this.trail.record(AuditRecord.Change.REVOKED, node, data.owner(), reason);
		LockEvent event = new LockEvent.Revoked(node.lock(), node.name().text(), String.valueOf(node.name().lease()),
				data.owner(), reason);
		transact(deed, record, event, call, again);
	}

	private static Op revocation(QueueNode node, String reason) {
		QueueNode.Content content = node.content();
		LeaseData data = node.lease();
		return (content != null && data != null)
				? Op.setData(node.path(), data.revoked(reason).bytes(), content.version()) : Op.check(node.path(), -1);
	}

	/** Removes all places of a lease at once. */
	void force(String lock, UUID lease, String reason, Call<EndResult> call) {
		force(() -> together(this.replica.queues().nodesOf(lock, lease)), reason, call);
	}

	/** With the places in other queues that are of the same leases, and end with them. */
	private List<QueueNode> together(List<QueueNode> nodes) {
		Set<QueueNode> all = new LinkedHashSet<>(nodes);
		nodes.forEach((node) -> {
			UUID lease = node.leaseId();
			if (node.locks() != null && lease != null) {
				all.addAll(this.replica.queues().nodesOf(lease));
			}
		});
		return List.copyOf(all);
	}

	/** Removes a place at once, whosever it is. */
	void forcePlace(String lock, String node, String reason, Call<EndResult> call) {
		force(() -> {
			LockQueue queue = this.replica.queues().find(lock);
			PlaceName name = PlaceName.parse(node);
			QueueNode place = (queue != null && name != null) ? queue.find(name) : null;
			return (place != null) ? together(List.of(place)) : List.of();
		}, reason, call);
	}

	private void force(Supplier<List<QueueNode>> places, String reason, Call<EndResult> call) {
		read(places, call, TRIES, (nodes) -> {
			QueueNode node = nodes.get(0);
			LeaseData data = node.lease();
			String owner = (data != null) ? data.owner() : null;
			List<Op> deed = nodes.stream().map((each) -> Op.delete(each.path(), Operations.ANY)).toList();
			AuditRecord record = this.trail.record(AuditRecord.Change.FORCED, node, owner, reason);
			LockEvent event = this.replica.chronicle().ended(node, LockEvent.Cause.FORCED, reason);
			transact(deed, record, event, call, () -> force(places, reason, call));
		});
	}

	private void transact(List<Op> deed, AuditRecord record, LockEvent event, Call<EndResult> call, Runnable again) {
		this.trail.store().transact(deed, record, (answer) -> {
			if (answer.done()) {
				this.trail.done(record);
				this.replica.chronicle().events().tell(event);
				call.end(this.replica.serial(), EndResult.DONE);
			}
			else if ((answer.badVersion() || answer.noNode()) && !call.ended()) {
				again.run();
			}
			else {
				fail(call, answer);
			}
		});
	}

	/** Finds places after the ensemble has caught up, and reads what stands in them. */
	private void read(Supplier<List<QueueNode>> places, Call<EndResult> call, int tries,
			Consumer<List<QueueNode>> then) {
		this.replica.operations().sync((synced) -> {
			List<QueueNode> nodes = places.get();
			QueueNode unknown = unknown(nodes);
			if (!synced.done() || tries == 0) {
				fail(call, synced);
			}
			else if (nodes.isEmpty()) {
				call.end(this.replica.serial(), EndResult.GONE);
			}
			else if (unknown != null) {
				this.replica.read(unknown, (answer) -> read(places, call, tries - 1, then));
			}
			else {
				then.accept(nodes);
			}
		});
	}

	private static @Nullable QueueNode unknown(List<QueueNode> nodes) {
		return nodes.stream().filter((node) -> node.content() == null).findFirst().orElse(null);
	}

	private void fail(Call<?> call, Answer answer) {
		call.fail(this.replica.serial(), (answer.lost() || answer.done())
				? this.replica.unavailable("the ensemble could not be asked")
				: this.replica.operations().failure(answer, "the ensemble refuses what the operator asked for"));
	}

}
