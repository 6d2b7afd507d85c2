package io.roster.locks;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What requests may ask for. All of it is checked before anything is written; the counts
 * are those that this replica sees, so that several replicas at once may exceed them by a
 * few.
 *
 * @param minTtl the shortest TTL
 * @param maxTtl the longest TTL
 * @param maxWait the longest wait of one call
 * @param maxWaiters how many places may wait for one lock; the names of all places of a
 * lock must fit in the ensemble's {@code jute.maxbuffer}, some 17,000 of them in its
 * default of 1 MB
 * @param maxLocks how many locks there may be at once; their names must fit likewise
 * @param maxNameChars how long the name of a lock may be, in characters
 * @param maxOwnerChars how long an owner or a principal may be, in characters
 * @param maxMetadataChars how long all keys and values of the metadata together may be,
 * in characters
 */
public record LockLimits(Duration minTtl, Duration maxTtl, Duration maxWait, int maxWaiters, int maxLocks,
		int maxNameChars, int maxOwnerChars, int maxMetadataChars) {

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one of them cannot be
	 */
	public LockLimits {
		if (minTtl.compareTo(Duration.ofMillis(1)) < 0 || maxTtl.compareTo(minTtl) < 0 || maxWait.isNegative()) {
			throw new IllegalArgumentException("TTLs are from 1 ms up and waits from 0 up, not %s to %s and %s"
				.formatted(minTtl, maxTtl, maxWait));
		}
		if (maxTtl.compareTo(LeaseData.LONGEST_TTL) > 0 || maxWait.compareTo(LeaseData.LONGEST_TTL) > 0) {
			throw new IllegalArgumentException("TTLs and waits end at %d days, before %s and %s"
				.formatted(LeaseData.LONGEST_TTL.toDays(), maxTtl, maxWait));
		}
		if (maxWaiters < 1 || maxLocks < 1 || maxNameChars < 1 || maxOwnerChars < 0 || maxMetadataChars < 0) {
			throw new IllegalArgumentException("a limit of the locks is below its least value: waiters %d, locks %d, "
				.formatted(maxWaiters, maxLocks)
					+ "name %d, owner %d, metadata %d".formatted(maxNameChars, maxOwnerChars, maxMetadataChars));
		}
	}

	/**
	 * The defaults: TTLs from 1 s to 24 h, waits up to 5 min, 10,000 waiters for each of
	 * 20,000 locks, names of 200 characters, owners and metadata of 2,048.
	 * @return the limits
	 */
	public static LockLimits defaults() {
		return new LockLimits(Duration.ofSeconds(1), Duration.ofHours(24), Duration.ofMinutes(5), 10_000, 20_000, 200,
				2048, 2048);
	}

	/**
	 * The same with other counts.
	 * @param maxWaiters how many places may wait for one lock
	 * @param maxLocks how many locks there may be at once
	 * @return the limits
	 */
	public LockLimits withCounts(int maxWaiters, int maxLocks) {
		return new LockLimits(this.minTtl, this.maxTtl, this.maxWait, maxWaiters, maxLocks, this.maxNameChars,
				this.maxOwnerChars, this.maxMetadataChars);
	}

	/**
	 * Checks a request.
	 * @param request the request
	 * @throws InvalidLockRequestException if it breaks a limit
	 */
	void check(AcquireRequest request) {
		check(request.claim());
		checkRange("ttl", request.ttl(), this.minTtl, this.maxTtl);
		checkRange("wait", request.maxWait(), Duration.ZERO, this.maxWait);
		checkLength("owner", length(request.owner()), this.maxOwnerChars);
		checkLength("metadata", length(request.metadata()), this.maxMetadataChars);
	}

	/**
	 * Checks a request for several locks.
	 * @param request the request
	 * @throws InvalidLockRequestException if it breaks a limit
	 */
	void check(MultiRequest request) {
		List<String> locks = request.locks();
		if (locks.isEmpty() || locks.size() > MultiRequest.MAX_LOCKS) {
			throw new InvalidLockRequestException("locks",
					"several locks are from 1 to " + MultiRequest.MAX_LOCKS + ", these are " + locks.size());
		}
		for (String lock : locks) {
			if (Collections.frequency(locks, lock) > 1) {
				throw new InvalidLockRequestException("locks",
						"each lock is named once, this one is named again: '" + lock + "'");
			}
			try {
				checkLock(lock);
			}
			catch (InvalidLockRequestException ex) {
				throw new InvalidLockRequestException("locks", String.valueOf(ex.getMessage()));
			}
		}
		check(request.anchored());
	}

	void check(MultiClaim claim) {
		checkPrincipal(claim.principal());
	}

	void check(Claim claim) {
		checkLock(claim.lock());
		checkPrincipal(claim.principal());
	}

	/** It stands in the lease's data, so it is bounded as an owner is. */
	private void checkPrincipal(@Nullable String principal) {
		checkLength("principal", length(principal), this.maxOwnerChars);
	}

	void checkLock(String lock) {
		LockNames.checkLock(lock);
		if (lock.length() > this.maxNameChars) {
			throw new InvalidLockRequestException("lock",
					"the name of a lock has at most %d characters, this one has %d".formatted(this.maxNameChars,
							lock.length()));
		}
	}

	/** A reason stands in the lease's data, so it is bounded as an owner is. */
	void checkReason(String reason) {
		if (reason.isBlank()) {
			throw new InvalidLockRequestException("reason",
					"a reason is needed, for the holder and for the audit trail");
		}
		checkLength("reason", reason.length(), this.maxOwnerChars);
	}

	private static void checkRange(String field, Duration value, Duration from, Duration to) {
		if (value.compareTo(from) < 0 || value.compareTo(to) > 0) {
			throw new InvalidLockRequestException(field, "the " + field + " is from " + Durations.text(from) + " to "
					+ Durations.text(to) + ", this one is " + value);
		}
	}

	private static void checkLength(String field, int length, int most) {
		if (length > most) {
			throw new InvalidLockRequestException(field, "the " + field + " has " + most
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
