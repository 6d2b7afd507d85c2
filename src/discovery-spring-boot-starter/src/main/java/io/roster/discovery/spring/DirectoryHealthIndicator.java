package io.roster.discovery.spring;

import java.util.function.Supplier;

import io.roster.discovery.ServiceCatalog;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells how old the lists of instances are, and as what this application is registered.
 * While the ensemble is away it says UNKNOWN and never DOWN: the application goes on with
 * the last good lists, and taking it out of service would make a loss of discovery a loss
 * of everything. Asks nobody.
 */
final class DirectoryHealthIndicator extends AbstractHealthIndicator {

	private final Supplier<DiscoveryState> state;

	DirectoryHealthIndicator(Supplier<DiscoveryState> state) {
		super("the directory of services could not be read");
		this.state = state;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		DiscoveryState now = this.state.get();
		ServiceCatalog services = now.catalog();
		Health.Builder status = (services.loaded() && !services.stale()) ? builder.up() : builder.unknown();
		status.withDetail("connected", now.connection().connected())
			.withDetail("loaded", services.loaded())
			.withDetail("stale", services.stale())
			.withDetail("ageMs", services.age().toMillis());
		if (now.staleSince() != null) {
			status.withDetail("staleSince", now.staleSince());
		}
		if (now.refusal() != null) {
			status.withDetail("refusal", now.refusal());
		}
		status.withDetail("services", services.services().size())
			.withDetail("revision", services.revision())
			.withDetail("registrations", now.registrations());
	}

}
