package io.roster.locks;

/**
 * Says what a lease is to its client. Confined to the replica's {@link Serial}.
 */
final class Leases {

	private final Replica replica;

	Leases(Replica replica) {
		this.replica = replica;
	}

	/**
	 * A lease that holds.
	 * @param node where it stands
	 * @param data what it is
	 * @param since what is left of its TTL counts from there
	 * @return the lease, with its token
	 */
	Lease held(QueueNode node, LeaseData data, long since) {
		return new Lease(node.lock(), id(node), data.owner(), node.mode(), LeaseState.HELD, 0,
				this.replica.tokens().text(node.czxid()), Durations.text(data.ttl()), rest(data, since));
	}

	/**
	 * A lease that waits.
	 * @param node where it stands
	 * @param data what it is
	 * @param since what is left of its TTL counts from there
	 * @return the lease, without a token
	 */
	Lease waiting(QueueNode node, LeaseData data, long since) {
		LockQueue queue = this.replica.queues().find(node.lock());
		int position = (queue != null) ? queue.position(node) : 0;
		return new Lease(node.lock(), id(node), data.owner(), node.mode(), LeaseState.WAITING, position, null,
				Durations.text(data.ttl()), rest(data, since));
	}

	private static String id(QueueNode node) {
		return String.valueOf(node.name().lease());
	}

	private long rest(LeaseData data, long since) {
		return Durations.restMillis(data.ttlNanos() - (this.replica.now() - since));
	}

}
