package io.roster.discovery;

import java.util.Arrays;
import java.util.Objects;

import io.roster.coordination.Node;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was written into a node, and what somebody else has made of it. Confined to the
 * registrar's thread.
 */
final class Content {

	private static final Logger log = LoggerFactory.getLogger(Content.class);

	private final InstanceWriter writer;

	private final Desired desired;

	/** What was written last, while it is not known whether it stands. */
	private @Nullable Written unsure;

	Content(InstanceWriter writer, Desired desired) {
		this.writer = writer;
		this.desired = desired;
	}

	boolean isWritten(OwnNode node) {
		return this.desired.effective().equals(node.says());
	}

	/** What is to be written now. Whether it stands is not known until it is settled. */
	Written next() {
		Written next = new Written(this.desired.effective(), this.desired.bytes());
		this.unsure = next;
		return next;
	}

	void settled() {
		this.unsure = null;
	}

	/**
	 * A node that turned out to have been created by a call whose answer was lost.
	 * @param node a node with its stat
	 * @return the node as it was created
	 */
	OwnNode found(Node node) {
		Written mine = this.unsure;
		this.unsure = null;
		return OwnNode.created(node.path(), Objects.requireNonNull(node.stat()), (mine != null) ? mine.data : null);
	}

	/**
	 * Takes in what stands in the own node, if somebody else has written it.
	 * @param node the own node as last known
	 * @param shown what the mirror shows of it
	 * @return the own node as it is
	 */
	OwnNode heed(OwnNode node, Node shown) {
		Stat stat = shown.stat();
		if (stat == null || stat.getVersion() <= node.version()) {
			return node;
		}
		OwnNode after = node.at(stat.getVersion(), said(node, shown.data(), stat.getVersion()));
		this.unsure = null;
		return after;
	}

	private @Nullable InstanceData said(OwnNode node, byte @Nullable [] shown, int version) {
		Written mine = this.unsure;
		if (mine != null && Arrays.equals(mine.bytes, shown)) {
			return mine.data;
		}
		if (shown == null || !this.writer.wrote(shown)) {
			log.warn("somebody else wrote into {} what is no data of this instance: writing it again", node.path());
			return null;
		}
		// Two versions on: he has changed what was written here last.
		InstanceData stood = (mine != null && version > node.version() + 1) ? mine.data : node.says();
		InstanceData said = InstanceFormat.read(shown);
		this.desired.overridden(node.path(), (stood != null) ? stood : this.desired.effective(), said);
		return said;
	}

	/** Data and how it is written. */
	static final class Written {

		private final InstanceData data;

		private final byte[] bytes;

		private Written(InstanceData data, byte[] bytes) {
			this.data = data;
			this.bytes = bytes;
		}

		InstanceData data() {
			return this.data;
		}

		byte[] bytes() {
			return this.bytes;
		}

	}

}
