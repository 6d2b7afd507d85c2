package io.roster.discovery.spring;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.cloud.zookeeper.discovery.ZookeeperDiscoveryAutoConfiguration;
import org.springframework.cloud.zookeeper.discovery.ZookeeperServiceWatch;

/**
 * Takes out Spring Cloud ZooKeeper's {@link ZookeeperServiceWatch}, which no condition
 * can: it would keep a second copy of the tree, in a Curator cache with a watch for each
 * node. {@link DirectoryHeartbeat} publishes its events.
 */
final class ServiceWatchRemoval implements BeanDefinitionRegistryPostProcessor {

	private static final String BEAN = "zookeeperServiceWatch";

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (registry.containsBeanDefinition(BEAN) && ZookeeperDiscoveryAutoConfiguration.class.getName()
			.equals(registry.getBeanDefinition(BEAN).getFactoryBeanName())) {
			registry.removeBeanDefinition(BEAN);
		}
	}

}
