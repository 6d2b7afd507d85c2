package io.roster.coordination;

/**
 * What a mirror keeps.
 *
 * @param data whether the data and the stat of every node are read. A mirror with data
 * publishes a created node when its data is there; one without publishes it at its event,
 * without a read.
 * @param ownOnly whether only the nodes of this process's own session are kept
 */
public record MirrorOptions(boolean data, boolean ownOnly) {

	/**
	 * Names, czxids and data: one read for each created or changed node.
	 * @return the options
	 */
	public static MirrorOptions withData() {
		return new MirrorOptions(true, false);
	}

	/**
	 * Names and czxids only: no read for any change.
	 * @return the options
	 */
	public static MirrorOptions namesOnly() {
		return new MirrorOptions(false, false);
	}

	/**
	 * The ephemeral nodes of this process's own session, and nobody else's: for those who
	 * only write. Other sessions' changes cost neither the ensemble nor this process
	 * anything, as nothing is watched but the root itself. Instead the own nodes are read
	 * once a {@link CoordinationOptions#heartbeat() heartbeat} (names, czxids and data),
	 * and at once when the root is deleted; so a created node is there a heartbeat later,
	 * not at the answer to its creation, and what others do to the own nodes is told a
	 * heartbeat later, without the zxid. The root is not among the nodes.
	 * @return the options
	 */
	public static MirrorOptions ownNodes() {
		return new MirrorOptions(true, true);
	}

}
