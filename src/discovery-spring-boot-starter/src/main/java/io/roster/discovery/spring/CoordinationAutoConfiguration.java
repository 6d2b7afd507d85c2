package io.roster.discovery.spring;

import io.roster.coordination.Coordination;
import io.roster.coordination.CoordinationOptions;
import io.roster.coordination.ZnodeAccess;
import org.apache.curator.framework.CuratorFramework;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.zookeeper.CuratorFrameworkCustomizer;
import org.springframework.cloud.zookeeper.ZookeeperAutoConfiguration;
import org.springframework.cloud.zookeeper.ZookeeperProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link AutoConfiguration Auto-configuration} for the one connection of this process,
 * over Spring Cloud ZooKeeper's client: discovery, locks and an application's own use
 * share its session.
 */
@AutoConfiguration(after = ZookeeperAutoConfiguration.class)
@ConditionalOnBean(CuratorFramework.class)
public final class CoordinationAutoConfiguration {

	/**
	 * The members' own idea of their addresses need not be reachable from here. The first
	 * customizer, so that one of the application can say otherwise.
	 */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	CuratorFrameworkCustomizer rosterCuratorFrameworkCustomizer(ZookeeperProperties properties) {
		return (builder) -> {
			ConnectString.requireValid(properties.getConnectString());
			builder.ensembleTracker(false);
		};
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	Coordination coordination(CuratorFramework client, ObjectProvider<ZnodeAccess> access) {
		return Coordination.over(client,
				CoordinationOptions.defaults().withAccess(access.getIfAvailable(ZnodeAccess::open)));
	}

}
