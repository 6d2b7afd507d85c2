package io.roster.coordination;

import java.util.Collection;
import java.util.Optional;

/**
 * The mirrored subtree at one moment; immutable.
 */
public interface Snapshot {

	/**
	 * Names this state. Revisions are compared for equality only: a rebuilt ensemble
	 * starts low. Two mirrors of one subtree give the same revision to the same state. A
	 * transaction of several nodes is told node by node, all with its zxid.
	 * @return the zxid of the newest change in the subtree that the mirror has seen. With
	 * a server older than 3.9, whose events carry no zxid, a negative number that is used
	 * once may stand in for it until it has been read
	 */
	long revision();

	/**
	 * Whether the subtree has been read at all.
	 * @return {@code false} before the first read, where the snapshot is empty because
	 * nothing is known
	 */
	boolean loaded();

	/**
	 * Looks up a node.
	 * @param path an absolute path
	 * @return the node, if it is there
	 */
	Optional<Node> node(String path);

	/**
	 * The nodes directly below a path.
	 * @param path an absolute path, the root's for the first level
	 * @return the children, ordered by name; empty where there are none
	 */
	Collection<Node> children(String path);

	/**
	 * Counts the nodes below the root.
	 * @return how many nodes there are, the root not counted
	 */
	int size();

}
