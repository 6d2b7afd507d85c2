package io.roster.locks.spring;

import io.roster.locks.client.LockClient;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells whether the lock service answered when it was last asked. While it does not it
 * says UNKNOWN and never DOWN: what is held stays held until its deadline, and taking
 * every user of a lock out of service would make a loss of locks a loss of everything.
 * Asks nobody.
 */
final class LockClientHealthIndicator extends AbstractHealthIndicator {

	private final LockClient client;

	LockClientHealthIndicator(LockClient client) {
		super("the lock client could not be read");
		this.client = client;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		boolean reachable = this.client.isReachable();
		(reachable ? builder.up() : builder.unknown()).withDetail("reachable", reachable)
			.withDetail("heldLocks", this.client.heldLocks().size());
	}

}
