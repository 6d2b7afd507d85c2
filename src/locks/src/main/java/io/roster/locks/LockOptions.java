package io.roster.locks;

import java.time.Duration;
import java.util.Map;

import org.apache.zookeeper.common.PathUtils;
import org.jspecify.annotations.Nullable;

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
	 * Checks the values.
	 * @throws IllegalArgumentException if one of them cannot be
	 */
	public LockOptions {
		PathUtils.validatePath(root);
		if (root.equals("/")) {
			throw new IllegalArgumentException(
					"the locks live below a znode of their own, such as /locks, not below /");
		}
		FencingTokens.checkEpoch(fencingEpoch);
	}

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

	/**
	 * Checks a request.
	 * @param request the request
	 * @throws InvalidLockRequestException if it breaks a limit
	 */
	void check(AcquireRequest request) {
		LockNames.checkLock(request.lock());
		checkRange("ttl", request.ttl(), this.minTtl, this.maxTtl);
		checkRange("wait", request.maxWait(), Duration.ZERO, this.maxWait);
		checkLength("owner", length(request.owner()));
		checkLength("metadata", length(request.metadata()));
	}

	private static void checkRange(String field, Duration value, Duration from, Duration to) {
		if (value.compareTo(from) < 0 || value.compareTo(to) > 0) {
			throw new InvalidLockRequestException(field, "the " + field + " is from " + Durations.text(from) + " to "
					+ Durations.text(to) + ", this one is " + value);
		}
	}

	private void checkLength(String field, int length) {
		if (length > this.maxMetadataChars) {
			throw new InvalidLockRequestException(field, "the " + field + " has " + this.maxMetadataChars
					+ " characters at most, keys and values together, this one has " + length);
		}
	}

	private static int length(@Nullable String text) {
		return (text != null) ? text.length() : 0;
	}

	private static int length(Map<String, String> texts) {
		return texts.entrySet().stream().mapToInt((text) -> text.getKey().length() + text.getValue().length()).sum();
	}

}
