package io.roster.discovery;

import io.roster.coordination.Node;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * A node that this process has created.
 *
 * @param path its path
 * @param czxid the transaction that created it: under the same path there may be somebody
 * else's node by now
 * @param session the session that it lives by
 * @param version the version of its data as last known
 * @param says what that version says, {@code null} where somebody else has written what
 * cannot be understood
 */
record OwnNode(String path, long czxid, long session, int version, @Nullable InstanceData says) {

	/** A node as it was created. */
	static OwnNode created(String path, Stat stat, @Nullable InstanceData says) {
		return new OwnNode(path, stat.getCzxid(), stat.getEphemeralOwner(), 0, says);
	}

	OwnNode at(int version, @Nullable InstanceData says) {
		return new OwnNode(this.path, this.czxid, this.session, version, says);
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

	boolean isShown(Node node, int version) {
		return is(node) && node.stat() != null && node.stat().getVersion() >= version;
	}

}
