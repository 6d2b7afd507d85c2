package io.roster.discovery;

import java.time.Instant;

import io.roster.coordination.Node;
import org.apache.zookeeper.data.Stat;

/**
 * An instance and what tells its node from another one under the same path.
 *
 * @param instance the instance
 * @param czxid the transaction that created its node
 * @param revision names the state of its node
 */
record Member(Instance instance, long czxid, long revision) {

	/**
	 * Reads a node of the sequential layout.
	 * @param node a node of a mirror with data
	 * @return the member, whatever the node holds
	 */
	static Member of(Node node) {
		NodeName name = NodeName.parse(node.name());
		InstanceData data = (node.data() != null) ? InstanceFormat.read(node.data()) : InstanceData.NONE;
		Stat stat = node.stat();
		Instant registeredAt = (stat != null) ? Instant.ofEpochMilli(stat.getCtime()) : null;
		Instance instance = new Instance(node.name(), name.service(), name.sequence(), node.path(), data.address(),
				data.port(), data.secure(), data.status(), data.metadata(), registeredAt, Layout.SEQUENTIAL,
				node.czxid(), false);
		return new Member(instance, node.czxid(), revision(node));
	}

	/** Names the state of a node without reading its data. */
	static long revision(Node node) {
		Stat stat = node.stat();
		return (stat != null) ? Revision.of(node.path(), node.czxid(), stat.getMzxid(), stat.getMtime())
				: Revision.of(node.path(), node.czxid(), 0, 0);
	}

}
