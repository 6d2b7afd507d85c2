package io.roster.locks;

import java.util.List;
import java.util.function.Consumer;

import org.apache.zookeeper.data.Stat;

/**
 * Reads what stands in places, and lets the queues know. Confined to the replica's
 * {@link Serial}.
 */
final class Reads {

	/**
	 * How many places are read at once. With the limits that requests have by default
	 * their data fits in one answer of the ensemble's.
	 */
	private static final int MOST = 16;

	private final Replica replica;

	/**
	 * An answer that is too large costs the connection, so after a loss, which may have
	 * been one, less is asked for at once, for good.
	 */
	private int most = MOST;

	Reads(Replica replica) {
		this.replica = replica;
	}

	/** Reads a place. */
	void read(QueueNode node, Consumer<Answer> then) {
		this.replica.operations().read(node.path(), (answer) -> {
			take(node, answer);
			then.accept(answer);
		});
	}

	/**
	 * Reads what locks were declared as.
	 * @param queues the locks
	 * @param then takes whether that was possible, or the ensemble could not be asked
	 */
	void readConfigs(List<LockQueue> queues, Consumer<Boolean> then) {
		int[] reads = { queues.size() };
		boolean[] lost = { false };
		if (queues.isEmpty()) {
			then.accept(true);
		}
		queues.forEach((queue) -> this.replica.declarations().read(queue, (answer) -> {
			lost[0] |= answer.lost();
			if (--reads[0] == 0) {
				then.accept(!lost[0]);
			}
		}));
	}

	/**
	 * Reads places, some at a time.
	 * @param nodes the places
	 * @param then takes whether that was possible, or the ensemble could not be asked
	 */
	void readAll(List<QueueNode> nodes, Consumer<Boolean> then) {
		if (nodes.isEmpty()) {
			then.accept(true);
			return;
		}
		int end = Math.min(this.most, nodes.size());
		readTogether(nodes.subList(0, end), (lost) -> {
			if (lost) {
				this.most = Math.max(1, end / 2);
				then.accept(false);
			}
			else {
				readAll(nodes.subList(end, nodes.size()), then);
			}
		});
	}

	private void readTogether(List<QueueNode> nodes, Consumer<Boolean> lost) {
		if (nodes.size() == 1) {
			read(nodes.get(0), (answer) -> lost.accept(answer.lost()));
			return;
		}
		this.replica.operations().readAll(nodes.stream().map(QueueNode::path).toList(), (answers) -> {
			for (int i = 0; i < nodes.size(); i++) {
				take(nodes.get(i), answers.get(i));
			}
			lost.accept(answers.stream().anyMatch(Answer::lost));
		});
	}

	private void take(QueueNode node, Answer answer) {
		Stat stat = answer.stat();
		if (answer.done() && stat != null && node.isSame(stat)) {
			node.known(LeaseData.parse(answer.data()), stat);
			this.replica.expiry().known(node);
		}
		else if (answer.done() || answer.noNode()) {
			this.replica.gone(node);
		}
	}

}
