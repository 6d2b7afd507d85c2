package io.roster.discovery;

import java.util.Optional;

import io.roster.coordination.Mirror;
import io.roster.coordination.Node;
import org.apache.zookeeper.data.Stat;

/**
 * A node that this process has created.
 *
 * @param path its path
 * @param czxid the transaction that created it: under the same path there may be somebody
 * else's node by now
 * @param session the session that it lives by
 * @param version the version of its data as last known
 */
record OwnNode(String path, long czxid, long session, int version) {

	static OwnNode of(String path, Stat stat) {
		return new OwnNode(path, stat.getCzxid(), stat.getEphemeralOwner(), stat.getVersion());
	}

	/**
	 * Finds the node that a registration has created without learning of it.
	 * @param mirror a mirror that has been read since
	 * @param session the session that must own it
	 * @param registrationId the registration that must have written it
	 * @return the node, with its stat and data, if it is there
	 */
	static Optional<Node> find(Mirror mirror, long session, String registrationId) {
		return mirror.snapshot()
			.children(mirror.root())
			.stream()
			.filter((node) -> node.stat() != null && node.stat().getEphemeralOwner() == session)
			.filter((node) -> node.data() != null
					&& InstanceFormat.registrationId(node.data()).filter(registrationId::equals).isPresent())
			.findFirst();
	}

	String id() {
		return this.path.substring(this.path.lastIndexOf('/') + 1);
	}

	boolean is(Node node) {
		return this.czxid == node.czxid() && (node.stat() == null || is(node.stat()));
	}

	boolean is(Stat stat) {
		return stat.getCzxid() == this.czxid && stat.getEphemeralOwner() == this.session;
	}

}
