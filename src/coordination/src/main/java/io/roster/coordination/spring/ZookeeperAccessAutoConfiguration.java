package io.roster.coordination.spring;

import java.util.Locale;

import io.roster.coordination.ZnodeAccess;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.zookeeper.CuratorFrameworkCustomizer;
import org.springframework.cloud.zookeeper.ZookeeperAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link AutoConfiguration Auto-configuration} for the credentials of this process's
 * client, and for the ACLs of what it creates, Curator's recipes and Spring Integration's
 * locks included. The client of {@code spring.config.import=zookeeper:} gets them from
 * {@link ZookeeperAccessBootstrap}. A client that the application makes itself gets them
 * by {@link ZnodeAccess#applyTo}.
 */
@AutoConfiguration(before = ZookeeperAutoConfiguration.class)
@ConditionalOnClass(CuratorFrameworkCustomizer.class)
@EnableConfigurationProperties(ZookeeperAccessProperties.class)
public final class ZookeeperAccessAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ZnodeAccess rosterZnodeAccess(ZookeeperAccessProperties properties) {
		return properties.toAccess();
	}

	/** Early, so that a customizer of the application can say otherwise. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	CuratorFrameworkCustomizer rosterZnodeAccessCustomizer(ZnodeAccess access) {
		return access::applyTo;
	}

	/**
	 * Masks the passwords also where an application shows the values of its properties.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SanitizingFunction.class)
	static class EndpointConfiguration {

		@Bean
		SanitizingFunction rosterZookeeperSanitizingFunction() {
			return (data) -> isPassword(data) ? data.withSanitizedValue() : data;
		}

		private static boolean isPassword(SanitizableData data) {
			String key = data.getKey().toLowerCase(Locale.ROOT).replace('_', '.');
			return key.startsWith("roster.zookeeper.") && key.endsWith("password");
		}

	}

}
