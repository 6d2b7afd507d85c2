package io.roster.discovery.spring;

import io.roster.discovery.Directory;
import io.roster.discovery.ServiceCatalog;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells how old the lists of instances are. While the ensemble is away it says UNKNOWN
 * and never DOWN: the application goes on with the last good lists, and taking it out of
 * service would make a loss of discovery a loss of everything. Asks nobody.
 */
final class DirectoryHealthIndicator extends AbstractHealthIndicator {

	private final Directory directory;

	DirectoryHealthIndicator(Directory directory) {
		super("the directory of services could not be read");
		this.directory = directory;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		ServiceCatalog services = this.directory.services();
		Health.Builder status = (services.loaded() && !services.stale()) ? builder.up() : builder.unknown();
		status.withDetail("stale", services.stale())
			.withDetail("ageMs", services.age().toMillis())
			.withDetail("services", services.services().size())
			.withDetail("revision", services.revision());
	}

}
