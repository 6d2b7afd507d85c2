package io.roster.discovery.spring;

import org.apache.curator.x.discovery.ServiceDiscovery;
import reactor.core.publisher.Flux;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.zookeeper.discovery.ZookeeperDiscoveryProperties;
import org.springframework.cloud.zookeeper.discovery.ZookeeperInstance;
import org.springframework.cloud.zookeeper.discovery.dependency.ZookeeperDependencies;
import org.springframework.cloud.zookeeper.discovery.reactive.ZookeeperReactiveDiscoveryClient;

/**
 * Reads the directory instead of the ensemble, on the thread that subscribes.
 */
final class RosterReactiveDiscoveryClient extends ZookeeperReactiveDiscoveryClient {

	private final DirectoryInstances instances;

	RosterReactiveDiscoveryClient(DirectoryInstances instances, ServiceDiscovery<ZookeeperInstance> serviceDiscovery,
			ZookeeperDependencies dependencies, ZookeeperDiscoveryProperties properties) {
		super(serviceDiscovery, dependencies, properties);
		this.instances = instances;
	}

	@Override
	public String description() {
		return "Roster Reactive Discovery Client";
	}

	@Override
	public Flux<ServiceInstance> getInstances(String serviceId) {
		return Flux.defer(() -> Flux.fromIterable(this.instances.of(serviceId)));
	}

	@Override
	public Flux<String> getServices() {
		return Flux.defer(() -> Flux.fromIterable(this.instances.services()));
	}

}
