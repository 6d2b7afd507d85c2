package io.roster.locks.spring;

import org.apache.curator.framework.CuratorFramework;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.integration.support.locks.LockRegistry;
import org.springframework.integration.zookeeper.lock.ZookeeperLockRegistry;

/**
 * {@link AutoConfiguration Auto-configuration} for Spring Integration's
 * {@link ZookeeperLockRegistry} on the queues of the lock service, in an application with
 * a ZooKeeper connection of its own: its locks are ephemeral nodes of that session.
 */
@AutoConfiguration(afterName = "org.springframework.cloud.zookeeper.ZookeeperAutoConfiguration")
@ConditionalOnClass({ ZookeeperLockRegistry.class, CuratorFramework.class })
@ConditionalOnBean(CuratorFramework.class)
@ConditionalOnProperty(name = "roster.locks.registry", havingValue = "zookeeper", matchIfMissing = true)
@EnableConfigurationProperties(LockRegistryProperties.class)
public final class ZookeeperLockRegistryAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(LockRegistry.class)
	ZookeeperLockRegistry lockRegistry(CuratorFramework client, LockRegistryProperties properties,
			ApplicationEventPublisher events) {
		HoldingZookeeperLockRegistry registry = new HoldingZookeeperLockRegistry(client, properties.root(),
				events::publishEvent);
		registry.setCacheCapacity(properties.zookeeper().cacheCapacity());
		return registry;
	}

}
