package io.roster.locks;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The end of a lease of several locks that nobody keeps. Its anchor expires as any place
 * does, by its exact version, in one transaction with the others, which are never written
 * to. So who renews the anchor keeps all, and who does not loses all. A place whose
 * anchor somebody else took away ends by itself, a TTL after that was found. Confined to
 * the replica's {@link Serial}.
 */
final class JointExpiry {

	private static final long RETRY_AFTER = TimeUnit.SECONDS.toNanos(1);

	private final Replica replica;

	JointExpiry(Replica replica) {
		this.replica = replica;
	}

	/**
	 * The TTL of a place has passed.
	 * @param node one of several
	 * @param lease what stands in it
	 * @param version of which version that is
	 * @param failed takes the answer where the ensemble did not do it
	 */
	void expire(QueueNode node, LeaseData lease, int version, Consumer<Answer> failed) {
		UUID id = node.leaseId();
		QueueNode unread = (id != null) ? this.replica.queues().unread(id) : null;
		if (unread != null) {
			this.replica.read(unread,
					(answer) -> again(node, lease, version, unread.isRead() ? 0 : RETRY_AFTER, failed));
			return;
		}
		List<QueueNode> together = this.replica.queues().together(node);
		QueueNode anchor = together.get(0);
		if (!anchor.isAnchor()) {
			expireAlone(node, lease, version, failed);
		}
		else if (anchor.equals(node)) {
			this.replica.operations().joint().delete(together, version, (answer) -> {
				if (answer.done()) {
					together.forEach((place) -> this.replica.chronicle().expired(place, lease));
					together.forEach(this.replica::gone);
				}
				else if (answer.noNode()) {
					// The mirror will know of which.
					again(node, lease, version, RETRY_AFTER, failed);
				}
				else {
					failed.accept(answer);
				}
			});
		}
		else {
			again(node, lease, version, lease.ttlNanos(), failed);
		}
	}

	private boolean isAccompanied(QueueNode node) {
		UUID id = node.leaseId();
		return (id != null && this.replica.queues().unread(id) != null)
				|| this.replica.queues().together(node).get(0).isAnchor();
	}

	/** Unless somebody has written to it since: then its clock has started anew. */
	private void again(QueueNode node, LeaseData lease, int version, long after, Consumer<Answer> failed) {
		LockQueue queue = this.replica.queues().find(node.lock());
		if (queue != null && queue.contains(node) && isStill(node, version)) {
			this.replica.expiry().forget(node);
			node.timer = this.replica.timers().at(this.replica.now() + after, () -> {
				if (isStill(node, version)) {
					expire(node, lease, version, failed);
				}
			});
		}
	}

	private static boolean isStill(QueueNode node, int version) {
		QueueNode.Content content = node.content();
		return content != null && content.lease() != null && content.version() == version;
	}

	/** The mirror may stand within the events of the transaction that made them. */
	private void expireAlone(QueueNode node, LeaseData lease, int version, Consumer<Answer> failed) {
		this.replica.operations().sync((synced) -> {
			if (!synced.done()) {
				failed.accept(synced);
			}
			else if (isAccompanied(node)) {
				again(node, lease, version, lease.ttlNanos(), failed);
			}
			else {
				this.replica.operations().delete(node.path(), version, (answer) -> {
					if (answer.done()) {
						this.replica.chronicle().expired(node, lease);
					}
					if (answer.done() || answer.noNode()) {
						this.replica.gone(node);
					}
					else {
						failed.accept(answer);
					}
				});
			}
		});
	}

}
