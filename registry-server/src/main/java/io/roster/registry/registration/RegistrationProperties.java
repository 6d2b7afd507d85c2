package io.roster.registry.registration;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the registrations over REST.
 *
 * @param defaultTtl how long an instance stays without a heartbeat, where its
 * registration does not say it
 * @param minTtl the shortest TTL that may be asked for, and a second at least
 * @param maxTtl the longest TTL that may be asked for
 */
@ConfigurationProperties("roster.registrations")
public record RegistrationProperties(@DefaultValue("30s") Duration defaultTtl, @DefaultValue("1s") Duration minTtl,
		@DefaultValue("24h") Duration maxTtl) {

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	/**
	 * Checks that the times are in order.
	 */
	public RegistrationProperties {
		if (minTtl.compareTo(SHORTEST) < 0 || defaultTtl.compareTo(minTtl) < 0 || maxTtl.compareTo(defaultTtl) < 0) {
			throw new IllegalArgumentException(
					"roster.registrations must have 1s <= min-ttl <= default-ttl <= max-ttl, but has min-ttl=" + minTtl
							+ ", default-ttl=" + defaultTtl + ", max-ttl=" + maxTtl);
		}
	}

}
