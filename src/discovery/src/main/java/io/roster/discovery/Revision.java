package io.roster.discovery;

/**
 * Names the content of a list of nodes: the sum of one number for each node, so that a
 * node that comes, changes or goes costs one addition. Unlike the zxid of the last change
 * it is the same at every process that sees the same nodes, and it is not used again when
 * a rebuilt ensemble counts from zero.
 */
final class Revision {

	/** Nothing has been read yet; differs from the zero of an empty list. */
	static final String UNLOADED = "-1";

	private Revision() {
	}

	/**
	 * The number of one node.
	 * @param path its path
	 * @param created its czxid, or anything that identifies it
	 * @param modified its mzxid
	 * @param at its mtime in milliseconds, which differs after a rebuild
	 * @return 64 well mixed bits
	 */
	static long of(String path, long created, long modified, long at) {
		return mix(mix(mix(mix(path.hashCode()) + created) + modified) + at);
	}

	static String text(long revision) {
		return Long.toUnsignedString(revision);
	}

	/** The finalizer of SplitMix64 (Steele, Lea, Flood: OOPSLA 2014). */
	private static long mix(long value) {
		long mixed = value + 0x9e3779b97f4a7c15L;
		mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
		mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
		return mixed ^ (mixed >>> 31);
	}

}
