package io.roster.lockservice;

import io.roster.locks.LockQueues;
import lombok.RequiredArgsConstructor;
import org.apache.curator.framework.CuratorFramework;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether this replica can grant and renew. A part of readiness, because a replica that
 * is cut off can only answer 503 and others may not be; never a part of liveness, because
 * a restart would not mend the ensemble. Asks nobody: a health check must answer while
 * the ensemble is away.
 */
@Component
@RequiredArgsConstructor
class EnsembleHealthIndicator implements HealthIndicator {

	private final LockQueues queues;

	private final CuratorFramework client;

	@Override
	public Health health() {
		Health.Builder health = this.queues.available() ? Health.up() : Health.down();
		String refusal = this.queues.refusal();
		if (refusal != null) {
			health.withDetail("refusal", refusal);
		}
		return health.withDetail("connectString", this.client.getZookeeperClient().getCurrentConnectionString())
			.build();
	}

}
