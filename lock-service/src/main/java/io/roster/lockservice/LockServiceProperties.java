package io.roster.lockservice;

import java.time.Duration;

import io.roster.locks.LockLimits;
import io.roster.locks.LockOptions;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of the locks.
 *
 * @param root the znode below which the locks live
 * @param fencingEpoch the high part of every fencing token, from 0 to 32767; raised by an
 * operator when the ensemble was rebuilt or restored, so that tokens go on growing
 * @param minTtl the shortest TTL of a lease
 * @param maxTtl the longest TTL of a lease
 * @param defaultTtl the TTL of a request that names none
 * @param maxWait the longest wait of one call
 * @param answerWithin how long a call may take beyond its wait before it is answered as
 * unavailable
 * @param maxWaiters how many places may wait for one lock
 * @param maxWaitsPerPrincipal how many calls of one principal may wait at this replica at
 * once; 0 for any number, and where nobody is asked for credentials it limits nobody
 * @param maxLocks how many locks there may be at once
 * @param maxNameChars how long the name of a lock may be, in characters
 * @param maxOwnerChars how long an owner, or a reason, may be, in characters
 * @param maxMetadataChars how long all keys and values of the metadata together may be,
 * in characters
 * @param handToHand whether a lock that is given back at this replica goes to the next
 * who waits at it before the ensemble has committed that; to be switched off only to
 * trace a fault
 * @param writesTogether whether writes that come while others are on their way share a
 * transaction; to be switched off only to trace a fault
 */
@ConfigurationProperties("roster.locks")
public record LockServiceProperties(@DefaultValue("/locks") String root, @DefaultValue("0") int fencingEpoch,
		@DefaultValue("1s") Duration minTtl, @DefaultValue("24h") Duration maxTtl,
		@DefaultValue("30s") Duration defaultTtl, @DefaultValue("5m") Duration maxWait,
		@DefaultValue("10s") Duration answerWithin, @DefaultValue("10000") int maxWaiters,
		@DefaultValue("1000") int maxWaitsPerPrincipal, @DefaultValue("20000") int maxLocks,
		@DefaultValue("200") int maxNameChars, @DefaultValue("2048") int maxOwnerChars,
		@DefaultValue("2048") int maxMetadataChars, @DefaultValue("true") boolean handToHand,
		@DefaultValue("true") boolean writesTogether) {

	/**
	 * Checks that a request which names no TTL would not be refused, and the limit of the
	 * waits.
	 */
	public LockServiceProperties {
		if (maxWaitsPerPrincipal < 0) {
			throw new IllegalArgumentException(
					"roster.locks.max-waits-per-principal=%d must be 0, for no limit, or more"
						.formatted(maxWaitsPerPrincipal));
		}
		if (defaultTtl.compareTo(minTtl) < 0 || defaultTtl.compareTo(maxTtl) > 0) {
			throw new IllegalArgumentException(
					"roster.locks.default-ttl=%s must be from roster.locks.min-ttl=%s to roster.locks.max-ttl=%s"
						.formatted(defaultTtl, minTtl, maxTtl));
		}
	}

	/**
	 * The limits as the queues take them.
	 * @return the options
	 */
	public LockOptions toOptions() {
		return new LockOptions(this.root, this.fencingEpoch, this.answerWithin,
				new LockLimits(this.minTtl, this.maxTtl, this.maxWait, this.maxWaiters, this.maxLocks,
						this.maxNameChars, this.maxOwnerChars, this.maxMetadataChars),
				this.handToHand, this.writesTogether);
	}

}
