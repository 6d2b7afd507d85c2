package io.roster.discovery;

import java.time.Instant;

import io.roster.coordination.Node;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * An instance and what tells its node from another one.
 *
 * @param instance the instance
 * @param revision names the state of its node
 * @param registrationId the registration that wrote its node, where that says so
 */
record Member(Instance instance, long revision, @Nullable String registrationId) {

	/** Sorts behind the same id without it and before any other. */
	private static final char CURATOR_MARK = '\0';

	private static final long SUSPECT = 0x5bd1e995L;

	static Member of(Node node, Layouts.Place place, InstanceContent content) {
		InstanceData data = content.data();
		Stat stat = node.stat();
		Instant registeredAt = (stat != null) ? Instant.ofEpochMilli(stat.getCtime()) : null;
		Instance instance = new Instance(node.name(), place.service(), place.sequence(), node.path(), data.address(),
				data.port(), data.secure(), data.status(), data.metadata(), registeredAt, place.layout(), node.czxid(),
				false);
		return new Member(instance, revision(node), content.registrationId());
	}

	/** Names the state of a node without reading its data. */
	static long revision(Node node) {
		Stat stat = node.stat();
		return (stat != null) ? Revision.of(node.path(), node.czxid(), stat.getMzxid(), stat.getMtime())
				: Revision.of(node.path(), node.czxid(), 0, 0);
	}

	/** The same instance without a node. */
	Member asSuspect() {
		return new Member(this.instance.asSuspect(),
				Revision.of(this.instance.path(), this.instance.czxid(), this.revision, SUSPECT), this.registrationId);
	}

	String service() {
		return this.instance.name();
	}

	String path() {
		return this.instance.path();
	}

	long czxid() {
		return this.instance.czxid();
	}

	boolean routable() {
		return this.instance.routable();
	}

	/**
	 * Its place in the list of its service. Only the two layouts could show one id twice.
	 */
	String key() {
		return (this.instance.layout() == Layout.CURATOR) ? this.instance.id() + CURATOR_MARK : this.instance.id();
	}

	@Nullable Endpoint endpoint() {
		String address = this.instance.address();
		Integer port = this.instance.port();
		return (address != null && port != null) ? new Endpoint(address, port) : null;
	}

	boolean sameNode(Member other) {
		return czxid() == other.czxid() && path().equals(other.path());
	}

	boolean sameEndpoint(Member other) {
		Endpoint endpoint = endpoint();
		return endpoint != null && endpoint.equals(other.endpoint());
	}

}
