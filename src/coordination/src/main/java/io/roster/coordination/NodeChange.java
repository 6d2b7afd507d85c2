package io.roster.coordination;

/**
 * What happened to one node of a mirrored subtree.
 */
public sealed interface NodeChange {

	/**
	 * A node that was not there before.
	 *
	 * @param node the node
	 */
	record Created(Node node) implements NodeChange {
	}

	/**
	 * The same node (the same czxid) with another version of its data, or with its stat
	 * read for the first time.
	 *
	 * @param before the node as it was
	 * @param after the node as it is; without data and stat where the mirror does not
	 * read them
	 */
	record Updated(Node before, Node after) implements NodeChange {
	}

	/**
	 * A node that is gone.
	 *
	 * @param node the node as it was known last
	 * @param rewritten whether its data was seen to be written once more, so shortly
	 * before the deletion, or in the same transaction, that it could not be told as an
	 * {@link Updated}: somebody said a last word. Known for a mirror with data that was
	 * in sync, and not for a node that was gone after a resync
	 * @param zxid the transaction that deleted it, or {@link Node#UNKNOWN} where that was
	 * not seen: after a resync, and for a moment with a server older than 3.9
	 */
	record Deleted(Node node, boolean rewritten, long zxid) implements NodeChange {

		/**
		 * A node that is gone, nobody saw how.
		 * @param node the node as it was known last
		 */
		public Deleted(Node node) {
			this(node, false, Node.UNKNOWN);
		}

	}

}
