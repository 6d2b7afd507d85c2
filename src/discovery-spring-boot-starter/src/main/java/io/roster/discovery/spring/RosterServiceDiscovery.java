package io.roster.discovery.spring;

import java.util.Collection;
import java.util.List;

import io.roster.discovery.Directory;
import io.roster.discovery.Instance;
import io.roster.discovery.ServiceCatalog;
import org.apache.curator.x.discovery.ServiceCacheBuilder;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.curator.x.discovery.ServiceProviderBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.zookeeper.discovery.ZookeeperInstance;

/**
 * Curator's view of Roster, for Spring Cloud ZooKeeper, whose registration and properties
 * end here. It registers without blocking, reads the directory, and has nothing of its
 * own to start or to close.
 */
final class RosterServiceDiscovery implements ServiceDiscovery<ZookeeperInstance> {

	private final OwnInstances ownInstances;

	private final Directory directory;

	RosterServiceDiscovery(OwnInstances ownInstances, Directory directory) {
		this.ownInstances = ownInstances;
		this.directory = directory;
	}

	@Override
	public void start() {
	}

	@Override
	public void registerService(ServiceInstance<ZookeeperInstance> service) {
		this.ownInstances.put(service);
	}

	@Override
	public void updateService(ServiceInstance<ZookeeperInstance> service) {
		this.ownInstances.put(service);
	}

	@Override
	public void unregisterService(ServiceInstance<ZookeeperInstance> service) {
		this.ownInstances.remove(service);
	}

	@Override
	public Collection<String> queryForNames() {
		return this.directory.services().services().stream().map(ServiceCatalog.Entry::name).toList();
	}

	/**
	 * The instances with an endpoint, whatever their status, which stands in their
	 * metadata.
	 */
	@Override
	public Collection<ServiceInstance<ZookeeperInstance>> queryForInstances(String name) {
		return withEndpoint(name).stream().map(RosterServiceInstance::toCurator).toList();
	}

	@Override
	public @Nullable ServiceInstance<ZookeeperInstance> queryForInstance(String name, String id) {
		return withEndpoint(name).stream()
			.filter((instance) -> instance.id().equals(id))
			.findFirst()
			.map(RosterServiceInstance::toCurator)
			.orElse(null);
	}

	private List<Instance> withEndpoint(String name) {
		return this.directory.instances(name)
			.instances()
			.stream()
			.filter((instance) -> instance.address() != null)
			.toList();
	}

	@Override
	public ServiceCacheBuilder<ZookeeperInstance> serviceCacheBuilder() {
		throw new UnsupportedOperationException(
				"Roster keeps no Curator cache: subscribe to the io.roster.discovery.Directory bean instead");
	}

	@Override
	public ServiceProviderBuilder<ZookeeperInstance> serviceProviderBuilder() {
		throw new UnsupportedOperationException(
				"Roster keeps no Curator provider: use the load balancer or the io.roster.discovery.Directory bean instead");
	}

	@Override
	public void close() {
	}

}
