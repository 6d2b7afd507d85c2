package io.roster.discovery;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.roster.coordination.Mirror;
import io.roster.coordination.Node;
import io.roster.coordination.ZnodeGrant;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.jspecify.annotations.Nullable;

/**
 * Where one layout wants the node of a registration.
 */
sealed interface Place {

	/**
	 * The mirror that shows the node.
	 * @return a mirror with data
	 */
	Mirror mirror();

	/**
	 * The registration.
	 * @return writes its data
	 */
	InstanceWriter writer();

	/**
	 * The node's path where it is known before the node is there.
	 * @return the path, or {@code null} where the ensemble appends a number
	 */
	@Nullable String path();

	void create(ZooKeeper handle, byte[] data, Consumer<Answer> then);

	void createParents(ZooKeeper handle, Consumer<Answer> then);

	/**
	 * Finds the node that the registration has created without learning of it.
	 * @param session the session that must own it
	 * @return the node in the mirror, which has been read since, with its stat
	 */
	Optional<Node> find(long session);

	private static List<ACL> own(Mirror mirror) {
		return mirror.access().acl(ZnodeGrant.READABLE);
	}

	private static List<ACL> shared(Mirror mirror) {
		return mirror.access().acl(ZnodeGrant.SHARED);
	}

	private static boolean isOwned(Node node, long session) {
		return node.stat() != null && node.stat().getEphemeralOwner() == session;
	}

	/**
	 * {@code /servers/<service><number>}.
	 *
	 * @param mirror the mirror of the root
	 * @param writer the registration
	 */
	record Sequential(Mirror mirror, InstanceWriter writer) implements Place {

		@Override
		public @Nullable String path() {
			return null;
		}

		@Override
		public void create(ZooKeeper handle, byte[] data, Consumer<Answer> then) {
			Calls.create(handle, this.mirror.root() + "/" + this.writer.service(), data, Place.own(this.mirror),
					CreateMode.EPHEMERAL_SEQUENTIAL, then);
		}

		/** Persistent, never a container: a reaped root would count from zero again. */
		@Override
		public void createParents(ZooKeeper handle, Consumer<Answer> then) {
			Calls.createWithParents(handle, this.mirror.root(), Place.shared(this.mirror), CreateMode.PERSISTENT, then);
		}

		@Override
		public Optional<Node> find(long session) {
			return this.mirror.snapshot()
				.children(this.mirror.root())
				.stream()
				.filter((node) -> isOwned(node, session))
				.filter((node) -> NodeName.parse(node.name()).service().equals(this.writer.service()))
				.filter((node) -> this.writer.wrote(node.data()))
				.findFirst();
		}

		@Override
		public String toString() {
			return "below " + this.mirror.root();
		}

	}

	/**
	 * {@code /services/<service>/<id>}, as Curator's {@code ServiceDiscoveryImpl} has it.
	 *
	 * @param mirror the mirror of the root
	 * @param writer the registration
	 */
	record Curator(Mirror mirror, InstanceWriter writer) implements Place {

		@Override
		public String path() {
			return parent() + "/" + this.writer.registrationId();
		}

		private String parent() {
			return this.mirror.root() + "/" + this.writer.service();
		}

		@Override
		public void create(ZooKeeper handle, byte[] data, Consumer<Answer> then) {
			Calls.create(handle, path(), data, Place.own(this.mirror), CreateMode.EPHEMERAL, then);
		}

		/** The service's node is a container, as Curator makes it. */
		@Override
		public void createParents(ZooKeeper handle, Consumer<Answer> then) {
			Calls.createWithParents(handle, parent(), Place.shared(this.mirror), CreateMode.CONTAINER, then);
		}

		@Override
		public Optional<Node> find(long session) {
			return this.mirror.snapshot().node(path()).filter((node) -> isOwned(node, session));
		}

		@Override
		public String toString() {
			return "as " + path();
		}

	}

}
