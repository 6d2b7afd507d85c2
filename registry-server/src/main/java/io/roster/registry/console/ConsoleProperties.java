package io.roster.registry.console;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the web console.
 *
 * @param lockService where the lock service is, such as {@code http://lock-service:8770};
 * empty where there is none
 * @param lockServiceTimeout how long its answer to one call may take
 * @param lockServiceMaxAnswer how large its answer to one call may be
 */
@ConfigurationProperties("roster.console")
record ConsoleProperties(@DefaultValue("http://127.0.0.1:8770") String lockService,
		@DefaultValue("10s") Duration lockServiceTimeout, @DefaultValue("16MB") DataSize lockServiceMaxAnswer) {

	ConsoleProperties {
		lockService = lockService.strip().replaceAll("/+$", "");
		if (!lockService.isEmpty() && !lockService.matches("https?://[^/?#@]+(/[^?#]*)?")) {
			throw new IllegalArgumentException(
					"roster.console.lock-service must be an address as http://lock-service:8770, or empty, but is "
							+ lockService);
		}
	}

	/** Where the API of the lock service is. */
	@Nullable URI api() {
		return this.lockService.isEmpty() ? null : URI.create(this.lockService + "/api/v1");
	}

}
