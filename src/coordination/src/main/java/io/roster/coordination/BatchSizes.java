package io.roster.coordination;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * How many paths may travel in one read. An answer larger than the client's
 * {@code jute.maxbuffer} costs the connection, of the whole process, so sizes are
 * estimated from what is known; and the paths of an answer that did cost it travel in
 * halves next time, until a path that is alone is {@link #suspect}. Guarded by the
 * mirror's lock.
 */
final class BatchSizes {

	/** Checked with 20,000 nodes: larger batches are not faster. */
	private static final int MOST = 500;

	/** The first answer tells how large nodes are here. */
	private static final int FIRST = 64;

	private final Map<String, Integer> limits = new HashMap<>();

	private long answers;

	private long bytes;

	/**
	 * Takes the next batch, at least one path, from the head of those waiting.
	 * @param waiting the paths, not empty
	 * @param known the bytes of a path's answer where they are known, else negative
	 * @param buffer the most bytes that an answer may have
	 */
	List<String> next(Collection<String> waiting, ToIntFunction<String> known, int buffer) {
		List<String> batch = new ArrayList<>();
		int limit = (this.answers > 0) ? MOST : FIRST;
		long room = buffer / 2;
		for (String path : waiting) {
			limit = Math.min(limit, Math.max(1, this.limits.getOrDefault(path, MOST)));
			int size = known.applyAsInt(path);
			room -= (size >= 0) ? size : mean();
			if (!batch.isEmpty() && (batch.size() >= limit || room < 0)) {
				break;
			}
			batch.add(path);
		}
		return batch;
	}

	void answered(int paths, int bytes) {
		this.answers += paths;
		this.bytes += bytes;
	}

	/** The connection was lost while these were read together. */
	void lost(Collection<String> batch) {
		batch.forEach((path) -> this.limits.put(path, batch.size() / 2));
	}

	/** Whether the connection was lost while this path was read alone. */
	boolean suspect(String path) {
		return this.limits.getOrDefault(path, MOST) == 0;
	}

	void acquit(String path) {
		this.limits.put(path, 1);
	}

	/** Everything has been read: what is too large is known by its stat from now on. */
	void succeeded() {
		this.limits.clear();
	}

	private long mean() {
		return (this.answers > 0) ? this.bytes / this.answers : 0;
	}

}
