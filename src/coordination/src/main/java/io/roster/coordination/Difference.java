package io.roster.coordination;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/** Compares snapshots. A node is the same if its czxid is, whatever its path. */
final class Difference {

	private Difference() {
	}

	/**
	 * What leads from one snapshot to the other: first the deletions, children before
	 * their parents, then the rest, parents before their children.
	 */
	static List<NodeChange> between(TreeSnapshot before, TreeSnapshot after) {
		List<NodeChange> changes = new ArrayList<>();
		before.all()
			.filter((old) -> !stillThere(old, after.find(old.path())))
			.sorted(Comparator.comparing(Node::path).reversed())
			.forEach((old) -> changes.add(new NodeChange.Deleted(old)));
		after.all().sorted(Comparator.comparing(Node::path)).forEach((node) -> {
			Node old = before.find(node.path());
			if (!stillThere(node, old)) {
				changes.add(new NodeChange.Created(node));
			}
			else if (old != null && changed(old, node)) {
				changes.add(new NodeChange.Updated(old, node));
			}
		});
		return changes;
	}

	static List<NodeChange> fromNothing(TreeSnapshot after) {
		return after.all().sorted(Comparator.comparing(Node::path)).<NodeChange>map(NodeChange.Created::new).toList();
	}

	static boolean sameNode(Node one, Node other) {
		return one.czxid() == other.czxid() || one.czxid() == Node.UNKNOWN || other.czxid() == Node.UNKNOWN;
	}

	static boolean changed(Node before, Node after) {
		Stat old = before.stat();
		Stat now = after.stat();
		if (old == null || now == null) {
			return (old == null) != (now == null) || before.czxid() != after.czxid();
		}
		return old.getMzxid() != now.getMzxid() || old.getVersion() != now.getVersion();
	}

	private static boolean stillThere(Node node, @Nullable Node other) {
		return other != null && sameNode(node, other);
	}

}
