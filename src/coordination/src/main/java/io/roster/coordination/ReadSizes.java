package io.roster.coordination;

import java.util.List;

import org.apache.zookeeper.data.Stat;

/**
 * What a mirror has learned, over all its attempts, of the sizes of the answers to its
 * reads.
 */
record ReadSizes(BatchSizes nodes, BatchSizes lists) {

	/**
	 * The reply header (16), the length of the data (4) and the stat (68), as
	 * {@code GetDataResponse} is written.
	 */
	private static final int AROUND_DATA = 88;

	/** A guess at a name and its length, where only the number of children is known. */
	private static final int NAME = 64;

	ReadSizes() {
		this(new BatchSizes(), new BatchSizes());
	}

	static int ofNode(Stat stat) {
		return stat.getDataLength() + AROUND_DATA;
	}

	static int ofList(Stat stat) {
		return stat.getNumChildren() * NAME;
	}

	static int ofNames(List<String> names) {
		return names.stream().mapToInt((name) -> name.length() + 4).sum();
	}

	void succeeded() {
		this.nodes.succeeded();
		this.lists.succeeded();
	}

}
