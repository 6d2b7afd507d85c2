package io.roster.coordination;

/**
 * What a mirror keeps of each node.
 *
 * @param data whether the data and the stat of every node are read. A mirror with data
 * publishes a created node when its data is there; one without publishes it at its event,
 * without a read.
 */
public record MirrorOptions(boolean data) {

	/**
	 * Names, czxids and data: one read for each created or changed node.
	 * @return the options
	 */
	public static MirrorOptions withData() {
		return new MirrorOptions(true);
	}

	/**
	 * Names and czxids only: no read for any change.
	 * @return the options
	 */
	public static MirrorOptions namesOnly() {
		return new MirrorOptions(false);
	}

}
