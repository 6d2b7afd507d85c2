package io.roster.coordination;

import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * One znode as a {@link Mirror} knows it. A node's identity is its {@code czxid}, not its
 * path: a node that was deleted and created again under the same path is another node.
 *
 * @param path the absolute path
 * @param czxid the transaction that created the node, or {@link #UNKNOWN} for the moment
 * between the event of a server older than 3.9 (whose events carry no zxid) and the read
 * that follows it
 * @param stat the node's stat when it was read last, {@code null} where the mirror has
 * not read it
 * @param data the node's data when it was read last, {@code null} where the mirror does
 * not read data, or where the answer would be larger than the client's
 * {@code jute.maxbuffer}; never modify the array
 */
@SuppressWarnings("ArrayRecordComponent") // shared by all snapshots, and not copied for
											// each reader
public record Node(String path, long czxid, @Nullable Stat stat, byte @Nullable [] data) {

	/** A czxid that is not known yet. */
	public static final long UNKNOWN = -1;

	/**
	 * The last part of the path.
	 * @return the name below the parent
	 */
	public String name() {
		return this.path.substring(this.path.lastIndexOf('/') + 1);
	}

}
