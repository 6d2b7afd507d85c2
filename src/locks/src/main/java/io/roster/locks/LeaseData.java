package io.roster.locks;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands in the node of a lease, as JSON. Unknown fields are ignored, so that
 * replicas of two versions can share a queue.
 *
 * @param owner who asked for it
 * @param mode how it wants the lock
 * @param ttlMs the TTL in milliseconds
 * @param metadata as the client gave it
 * @param revoked why an operator has revoked it, or {@code null}: then it is not renewed
 * any more
 * @param principal to whom the lease belongs, {@code null} for anyone: it stands in the
 * node from its creation and never changes, so that who has read it once knows it
 * @param locks the names of all its locks, as they were asked for, where the lease is one
 * of several at once; {@code null} for the lease of one lock. It never changes either
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LeaseData(@Nullable String owner, Mode mode, long ttlMs, Map<String, String> metadata, @Nullable String revoked,
		@Nullable String principal, @Nullable List<String> locks) {

	/** Where the nanoseconds of 64 bits, and sums of them, are far from their end. */
	static final Duration LONGEST_TTL = Duration.ofDays(36_500);

	private static final ObjectMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	@SuppressWarnings("NullAway") // Jackson leaves out what the JSON does not have
	LeaseData {
		metadata = (metadata != null) ? Map.copyOf(metadata) : Map.of();
		principal = Claim.normal(principal);
		locks = (locks != null && !locks.isEmpty()) ? List.copyOf(locks) : null;
	}

	/** Of one lock. */
	LeaseData(@Nullable String owner, Mode mode, long ttlMs, Map<String, String> metadata, @Nullable String revoked,
			@Nullable String principal) {
		this(owner, mode, ttlMs, metadata, revoked, principal, null);
	}

	static LeaseData of(AcquireRequest request) {
		return new LeaseData(request.owner(), request.mode(), request.ttl().toMillis(), request.metadata(), null,
				request.principal());
	}

	/**
	 * Reads the data of a node that is named as a lease's.
	 * @param bytes the data
	 * @return the lease, or {@code null} if the node is somebody else's
	 */
	@SuppressWarnings("ConstantValue") // Jackson does not know that the mode is not null
	static @Nullable LeaseData parse(byte @Nullable [] bytes) {
		if (bytes == null) {
			return null;
		}
		try {
			LeaseData data = JSON.readValue(bytes, LeaseData.class);
			boolean isLease = data != null && data.mode != null && data.ttlMs > 0
					&& data.ttlMs <= LONGEST_TTL.toMillis();
			return isLease ? data : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	LeaseData revoked(String reason) {
		return new LeaseData(this.owner, this.mode, this.ttlMs, this.metadata, reason, this.principal, this.locks);
	}

	/**
	 * What a request wants, in a place that is there: it stays whose it is, and its TTL
	 * may grow, never shrink. A copy of an earlier request, which was on its way for
	 * long, must not shorten the time that a holder counts on.
	 */
	LeaseData in(LeaseData place) {
		return new LeaseData(this.owner, this.mode, Math.max(this.ttlMs, place.ttlMs), this.metadata, this.revoked,
				place.principal, place.locks);
	}

	/** The same for several locks at once. */
	LeaseData across(List<String> locks) {
		return new LeaseData(this.owner, this.mode, this.ttlMs, this.metadata, this.revoked, this.principal, locks);
	}

	byte[] bytes() {
		return JSON.writeValueAsBytes(this);
	}

	Duration ttl() {
		return Duration.ofMillis(this.ttlMs);
	}

	long ttlNanos() {
		return ttl().toNanos();
	}

}
