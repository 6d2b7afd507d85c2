package io.roster.coordination;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * How many paths may travel in one read. An answer larger than the client's
 * {@code jute.maxbuffer} costs the connection, of the whole process, so sizes are
 * estimated from what is known. The paths of an answer that did cost it are
 * {@link #suspect}, and nobody reads them together again before their sizes are known.
 * Guarded by the mirror's lock.
 */
final class BatchSizes {

	/** Checked with 20,000 nodes: larger batches are not faster. */
	static final int MOST = 500;

	/** The first answers tell how large nodes are here. */
	private static final int FIRST = 64;

	private final Set<String> suspects = new HashSet<>();

	private long answers;

	private long bytes;

	/**
	 * Takes the next batch, at least one path, from the head of those waiting. A suspect
	 * is alone in its batch.
	 * @param waiting the paths, not empty
	 * @param known the bytes of a path's answer where they are known, else negative
	 * @param buffer the most bytes that an answer may have
	 */
	List<String> next(Collection<String> waiting, ToIntFunction<String> known, int buffer) {
		List<String> batch = new ArrayList<>();
		int limit = (this.answers < FIRST) ? FIRST : MOST;
		long room = buffer / 2;
		for (String path : waiting) {
			int size = known.applyAsInt(path);
			room -= (size >= 0) ? size : mean();
			boolean full = batch.size() == limit || room < 0 || suspect(path);
			if (!batch.isEmpty() && full) {
				break;
			}
			batch.add(path);
			if (full) {
				break;
			}
		}
		return batch;
	}

	void answered(int paths, int bytes) {
		this.answers += paths;
		this.bytes += bytes;
	}

	/** The connection was lost while these were read. */
	void lost(Collection<String> batch) {
		this.suspects.addAll(batch);
	}

	boolean suspect(String path) {
		return this.suspects.contains(path);
	}

	/** The path has been read, or its size is known. */
	void acquit(String path) {
		this.suspects.remove(path);
	}

	/** Everything has been read: what is large is known by its stat from now on. */
	void succeeded() {
		this.suspects.clear();
	}

	private long mean() {
		return (this.answers > 0) ? this.bytes / this.answers : 0;
	}

}
