package io.roster.discovery.spring;

import io.roster.discovery.Instance;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.zookeeper.discovery.ZookeeperDiscoveryProperties;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The zone that this application runs in. It is said once: either as
 * {@code spring.cloud.loadbalancer.zone}, which then stands in the metadata of the
 * application's own instance too, or as
 * {@code spring.cloud.zookeeper.discovery.metadata.zone}, which its load balancer then
 * prefers.
 */
final class OwnZone implements BeanPostProcessor {

	private final Environment environment;

	OwnZone(Environment environment) {
		this.environment = environment;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		String zone = zone();
		if (zone != null && bean instanceof ZookeeperDiscoveryProperties properties) {
			properties.getMetadata().putIfAbsent(Instance.ZONE_KEY, zone);
		}
		return bean;
	}

	@Nullable String zone() {
		String zone = this.environment.getProperty("spring.cloud.loadbalancer.zone");
		if (!StringUtils.hasText(zone)) {
			zone = this.environment.getProperty("spring.cloud.zookeeper.discovery.metadata.zone");
		}
		return StringUtils.hasText(zone) ? zone.strip() : null;
	}

}
