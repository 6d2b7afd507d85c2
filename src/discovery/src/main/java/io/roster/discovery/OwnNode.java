package io.roster.discovery;

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
