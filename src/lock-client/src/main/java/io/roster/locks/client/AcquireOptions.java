package io.roster.locks.client;

import java.time.Duration;
import java.util.Map;

/**
 * How a lock is acquired.
 *
 * @param ttl how long the lease lasts without a renewal, from 1 s to 24 h (the service's
 * limits); a client that dies keeps others waiting for as long
 * @param maxWait how long to stand in the queue before giving up; not bounded by the
 * service's own limit for one call, because the client goes on in its place by further
 * calls
 * @param metadata shown to whoever looks at the queue
 */
public record AcquireOptions(Duration ttl, Duration maxWait, Map<String, String> metadata) {

	private static final AcquireOptions DEFAULTS = new AcquireOptions(Duration.ofSeconds(30), Duration.ofSeconds(10),
			Map.of());

	/**
	 * Checks and copies the arguments.
	 */
	public AcquireOptions {
		if (ttl.isNegative() || ttl.isZero()) {
			throw new IllegalArgumentException("ttl must be positive, not " + ttl);
		}
		if (maxWait.isNegative()) {
			throw new IllegalArgumentException("maxWait must not be negative, not " + maxWait);
		}
		metadata = Map.copyOf(metadata);
	}

	/**
	 * A TTL of 30 s, a wait of 10 s, no metadata.
	 * @return the options
	 */
	public static AcquireOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * The same with another TTL.
	 * @param newTtl the TTL
	 * @return the options
	 */
	public AcquireOptions withTtl(Duration newTtl) {
		return new AcquireOptions(newTtl, this.maxWait, this.metadata);
	}

	/**
	 * The same with another wait.
	 * @param newMaxWait the wait; zero takes the lock only if it is free
	 * @return the options
	 */
	public AcquireOptions withMaxWait(Duration newMaxWait) {
		return new AcquireOptions(this.ttl, newMaxWait, this.metadata);
	}

	/**
	 * The same with other metadata.
	 * @param newMetadata the metadata
	 * @return the options
	 */
	public AcquireOptions withMetadata(Map<String, String> newMetadata) {
		return new AcquireOptions(this.ttl, this.maxWait, newMetadata);
	}

}
