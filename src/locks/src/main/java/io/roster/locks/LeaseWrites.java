package io.roster.locks;

import java.util.List;

import org.apache.zookeeper.data.Stat;

/**
 * Writes to the nodes of a lease. Confined to the replica's {@link Serial}.
 */
final class LeaseWrites {

	private final Replica replica;

	LeaseWrites(Replica replica) {
		this.replica = replica;
	}

	/** Notes what stands in a node after an own write, if that was done. */
	boolean wrote(QueueNode node, LeaseData data, Answer answer) {
		Stat stat = answer.stat();
		if (!answer.done() || stat == null || !node.isSame(stat)) {
			return false;
		}
		node.known(data, stat);
		this.replica.expiry().known(node);
		return true;
	}

	/** Renews a younger node of a lease beside the oldest, whose outcome counts. */
	void renew(QueueNode younger) {
		QueueNode.Content content = younger.content();
		LeaseData data = younger.lease();
		if (content != null && data != null) {
			this.replica.operations().write(younger.path(), data.bytes(), content.version(), (answer) -> {
				if (!wrote(younger, data, answer)) {
					younger.unknown();
				}
			});
		}
	}

	/**
	 * Another replica was first with this lease: the oldest node wins everywhere. Whoever
	 * went on with this one, when the older was gone, has written to it; then it stays.
	 */
	void withdraw(QueueNode younger, int version) {
		List<QueueNode> places = this.replica.queues().together(younger);
		this.replica.operations().joint().delete(places, version, (answer) -> {
			if (answer.done() || (answer.noNode() && places.size() == 1)) {
				places.forEach(this.replica::gone);
			}
		});
	}

}
