package io.roster.registry.service;

import io.roster.discovery.Directory;
import io.roster.discovery.ServiceCatalog;
import lombok.RequiredArgsConstructor;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether there is anything to serve: the directory has been read once. An ensemble that
 * goes away later changes nothing, because old lists, marked as stale, are better than
 * none, and all replicas would leave their service at once.
 */
@Component("directory")
@RequiredArgsConstructor
class DirectoryHealthIndicator implements HealthIndicator {

	private final Directory directory;

	@Override
	public Health health() {
		ServiceCatalog catalog = this.directory.services();
		Health.Builder health = catalog.loaded() ? Health.up() : Health.outOfService();
		String refusal = this.directory.refusal();
		if (refusal != null) {
			health.withDetail("refusal", refusal);
		}
		return health.withDetail("stale", catalog.stale()).withDetail("ageMs", catalog.age().toMillis()).build();
	}

}
