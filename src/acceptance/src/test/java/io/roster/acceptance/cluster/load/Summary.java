package io.roster.acceptance.cluster.load;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a load did, from its start to its end.
 *
 * @param parts what its clients did, by their names
 * @param highestToken the highest fencing token that the lock clients got
 * @param firstRead what the writer found written, -1 for nothing
 * @param lastWritten what the writer wrote last
 */
public record Summary(Map<String, Part> parts, long highestToken, long firstRead, long lastWritten) {

	/**
	 * What the clients of a name did.
	 * @param name a name that the parts have
	 */
	public Part part(String name) {
		return Objects.requireNonNull(this.parts.get(name), name);
	}

	/**
	 * What one kind of client did.
	 *
	 * @param done how many calls were answered well
	 * @param retried how many attempts were not, and were made again
	 * @param failed how many calls failed after all attempts, or were answered wrong
	 * @param longestGapMs the longest time, in milliseconds, in which no call ended well
	 * @param longestCallMs the longest time that a caller waited for the end of a call
	 * @param failures the first failures, in words
	 */
	public record Part(long done, long retried, long failed, long longestGapMs, long longestCallMs,
			List<String> failures) {
	}

}
