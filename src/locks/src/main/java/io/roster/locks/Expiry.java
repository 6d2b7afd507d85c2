package io.roster.locks;

import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away the leases that nobody keeps: a delete with the exact version that this
 * replica has seen unchanged for a full TTL on its own monotonic clock. Every replica
 * does it; two of them racing are harmless, and a renewal makes the delete fail. No wall
 * clock is compared with another.
 * <p>
 * The clock of a node starts at the receipt of its last event, and its version is read
 * soon after it, where it is not known from an own write: a lock that is given back
 * sooner costs no read. An event in between starts the clock anew, so the version that is
 * read is the one that the last event told of. After a resync all clocks start anew,
 * because events may have been missed. Foreign nodes are never taken away: their session
 * does that, or their owner.
 */
final class Expiry {

	private static final Logger log = LoggerFactory.getLogger(Expiry.class);

	/** Half of the second within which the version must be read. */
	private static final long READ_AFTER = TimeUnit.MILLISECONDS.toNanos(500);

	private static final long RETRY_AFTER = TimeUnit.SECONDS.toNanos(1);

	private final Replica replica;

	private final JointExpiry joint;

	Expiry(Replica replica) {
		this.replica = replica;
		this.joint = new JointExpiry(replica);
	}

	/** The node is new, or was written to, or may have been while nobody looked. */
	void watch(QueueNode node) {
		forget(node);
		if (node.leaseId() != null) {
			node.timer = this.replica.timers().at(node.changedAt() + READ_AFTER, () -> read(node));
		}
	}

	/** The version and the lease are known. */
	void known(QueueNode node) {
		forget(node);
		QueueNode.Content content = node.content();
		if (content != null && content.lease() != null) {
			long expires = node.changedAt() + content.lease().ttlNanos();
			node.timer = this.replica.timers().at(expires, () -> expire(node));
		}
	}

	void forget(QueueNode node) {
		if (node.timer != null) {
			node.timer.cancel();
			node.timer = null;
		}
	}

	private void again(QueueNode node, Answer answer) {
		if (!answer.lost()) {
			log.warn("Lease {} of lock {} has expired and cannot be deleted", node.name().lease(), node.lock(),
					answer.failure());
		}
		forget(node);
		node.timer = this.replica.timers().at(this.replica.now() + RETRY_AFTER, () -> expire(node));
	}

	private void read(QueueNode node) {
		LockQueue queue = this.replica.queues().find(node.lock());
		if (queue != null && queue.config() == null) {
			// Who counts holders does not read.
			this.replica.declarations().read(queue, (answer) -> {
			});
		}
		if (node.content() != null) {
			known(node);
			return;
		}
		this.replica.read(node, (answer) -> {
			if (node.content() == null && !answer.noNode()) {
				forget(node);
				node.timer = this.replica.timers().at(this.replica.now() + RETRY_AFTER, () -> read(node));
			}
		});
	}

	private void expire(QueueNode node) {
		QueueNode.Content seen = node.content();
		LeaseData lease = node.lease();
		if (seen == null || lease == null) {
			watch(node);
			return;
		}
		if (lease.locks() != null) {
			this.joint.expire(node, lease, seen.version(), (answer) -> failed(node, seen, answer));
			return;
		}
		this.replica.operations().delete(node.path(), seen.version(), (answer) -> {
			if (answer.done()) {
				this.replica.chronicle().expired(node, lease);
				this.replica.gone(node);
			}
			else if (answer.noNode()) {
				this.replica.gone(node);
			}
			else {
				failed(node, seen, answer);
			}
		});
	}

	private void failed(QueueNode node, QueueNode.Content seen, Answer answer) {
		if (answer.badVersion() && seen.equals(node.content())) {
			node.unknown();
			watch(node);
		}
		else if (!answer.badVersion()) {
			again(node, answer);
		}
	}

}
