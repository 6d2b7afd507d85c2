package io.roster.locks.spring;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The registry of locks for Spring Integration.
 *
 * @param registry what it stands on; by default the application's own ZooKeeper
 * connection if it has one and {@code spring-integration-zookeeper}, otherwise the lock
 * service
 * @param root the znode below which the queues of the locks are, with the application's
 * own connection; the lock service's root, for both to share the queues
 * @param zookeeper with the application's own connection
 */
@ConfigurationProperties("roster.locks")
record LockRegistryProperties(@Nullable Kind registry, @DefaultValue("/locks") String root,
		@DefaultValue Zookeeper zookeeper) {

	enum Kind {

		HTTP, ZOOKEEPER

	}

	/**
	 * With the application's own connection.
	 *
	 * @param cacheCapacity how many locks that are not held are remembered; held ones are
	 * never forgotten
	 */
	record Zookeeper(@DefaultValue("100000") int cacheCapacity) {

	}

}
