package io.roster.discovery.spring;

import java.util.List;

import org.apache.curator.x.discovery.ServiceDiscovery;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.zookeeper.discovery.ZookeeperDiscoveryClient;
import org.springframework.cloud.zookeeper.discovery.ZookeeperDiscoveryProperties;
import org.springframework.cloud.zookeeper.discovery.ZookeeperInstance;
import org.springframework.cloud.zookeeper.discovery.dependency.ZookeeperDependencies;

/**
 * Reads the directory instead of the ensemble.
 */
final class RosterDiscoveryClient extends ZookeeperDiscoveryClient {

	private final DirectoryInstances instances;

	RosterDiscoveryClient(DirectoryInstances instances, ServiceDiscovery<ZookeeperInstance> serviceDiscovery,
			ZookeeperDependencies dependencies, ZookeeperDiscoveryProperties properties) {
		super(serviceDiscovery, dependencies, properties);
		this.instances = instances;
	}

	@Override
	public String description() {
		return "Roster Discovery Client";
	}

	@Override
	public List<ServiceInstance> getInstances(String serviceId) {
		return this.instances.of(serviceId);
	}

	@Override
	public List<String> getServices() {
		return this.instances.services();
	}

}
