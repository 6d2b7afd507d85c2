package io.roster.locks.spring;

import io.roster.locks.client.LockClient;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.integration.support.locks.DistributedLock;
import org.springframework.integration.support.locks.LockRegistry;

/**
 * {@link AutoConfiguration Auto-configuration} for Spring Integration's
 * {@link LockRegistry} over the lock service.
 */
@AutoConfiguration(after = { LockClientAutoConfiguration.class, ZookeeperLockRegistryAutoConfiguration.class })
@ConditionalOnClass(DistributedLock.class)
@ConditionalOnBean(LockClient.class)
@ConditionalOnProperty(name = "roster.locks.registry", havingValue = "http", matchIfMissing = true)
public final class LockRegistryAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(LockRegistry.class)
	RosterLockRegistry lockRegistry(LockClient client) {
		return new RosterLockRegistry(client);
	}

}
