package io.roster.locks;

import java.time.Duration;

/**
 * The limits of a {@link LockQueues}.
 *
 * @param root the znode below which the locks live; an absolute path other than {@code /}
 * @param fencingEpoch the part of the fencing tokens that an operator raises when the
 * ensemble was rebuilt, from 0 to 32,767
 * @param minTtl the shortest TTL
 * @param maxTtl the longest TTL
 * @param maxWait the longest wait
 * @param answerWithin how long a call may take beyond its wait before it is answered as
 * unavailable
 * @param maxMetadataChars how long an owner, and all keys and values of the metadata
 * together, may be, in characters
 */
public record LockOptions(String root, int fencingEpoch, Duration minTtl, Duration maxTtl, Duration maxWait,
		Duration answerWithin, int maxMetadataChars) {

	/**
	 * The defaults: below {@code /locks}, TTLs from 1 s to 24 h, waits up to 5 min,
	 * answers within 4 s, metadata of 2,048 characters.
	 * @return the options
	 */
	public static LockOptions defaults() {
		return new LockOptions("/locks", 0, Duration.ofSeconds(1), Duration.ofHours(24), Duration.ofMinutes(5),
				Duration.ofSeconds(4), 2048);
	}

	/**
	 * The same below another znode.
	 * @param root an absolute path
	 * @return the options
	 */
	public LockOptions withRoot(String root) {
		return new LockOptions(root, this.fencingEpoch, this.minTtl, this.maxTtl, this.maxWait, this.answerWithin,
				this.maxMetadataChars);
	}

	/**
	 * The same with another epoch.
	 * @param fencingEpoch from 0 to 32,767
	 * @return the options
	 */
	public LockOptions withFencingEpoch(int fencingEpoch) {
		return new LockOptions(this.root, fencingEpoch, this.minTtl, this.maxTtl, this.maxWait, this.answerWithin,
				this.maxMetadataChars);
	}

	/**
	 * The same with another bound for answers.
	 * @param answerWithin how long a call may take beyond its wait
	 * @return the options
	 */
	public LockOptions withAnswerWithin(Duration answerWithin) {
		return new LockOptions(this.root, this.fencingEpoch, this.minTtl, this.maxTtl, this.maxWait, answerWithin,
				this.maxMetadataChars);
	}

}
