package io.roster.discovery.spring;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} that makes the status of the application's
 * instances follow its health.
 */
@AutoConfiguration(after = RosterDiscoveryAutoConfiguration.class,
		afterName = "org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration")
@ConditionalOnClass(HealthEndpoint.class)
@ConditionalOnBean({ OwnInstances.class, HealthEndpoint.class })
@ConditionalOnProperty(name = "roster.discovery.health.enabled", matchIfMissing = true)
public final class RosterHealthFollowingAutoConfiguration {

	@Bean
	HealthFollower rosterHealthFollower(HealthEndpoint endpoint, HealthEndpointGroups groups, OwnInstances instances,
			RosterDiscoveryProperties properties) {
		return new HealthFollower(health(endpoint, groups, properties.health().group()), instances,
				properties.health().interval());
	}

	private static Supplier<Status> health(HealthEndpoint endpoint, HealthEndpointGroups groups,
			@Nullable String group) {
		if (group == null) {
			return () -> endpoint.health().getStatus();
		}
		if (!groups.getNames().contains(group)) {
			throw new IllegalStateException(
					"roster.discovery.health.group names the health group '" + group + "', and there are only "
							+ groups.getNames() + ": name one of these, or none for the whole health");
		}
		return () -> {
			HealthDescriptor health = endpoint.healthForPath(group);
			return (health != null) ? health.getStatus() : Status.UNKNOWN;
		};
	}

}
