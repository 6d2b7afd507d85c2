package io.roster.discovery.spring;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.roster.discovery.Directory;
import io.roster.discovery.Instance;
import io.roster.discovery.ServiceCatalog;
import io.roster.discovery.ServiceList;

import org.springframework.cloud.client.ServiceInstance;

/**
 * The instances that requests may be sent to, in Spring Cloud's form. A list is made once
 * for each of its changes and not for each request, and what did not change is not made
 * again. Nothing blocks.
 */
final class DirectoryInstances {

	private final Directory directory;

	private final Map<String, Routable> routable = new ConcurrentHashMap<>();

	DirectoryInstances(Directory directory) {
		this.directory = directory;
	}

	/**
	 * The instances of a service that are UP and name an endpoint.
	 * @param service the name of a service, known or not
	 * @return an unmodifiable list
	 */
	List<ServiceInstance> of(String service) {
		ServiceList list = this.directory.instances(service);
		if (list.instances().isEmpty()) {
			this.routable.remove(service);
			return List.of();
		}
		Routable known = this.routable.get(service);
		if (known == null || !known.revision().equals(list.revision())) {
			known = Routable.of(list, (known != null) ? known.made() : new IdentityHashMap<>());
			this.routable.put(service, known);
		}
		return known.instances();
	}

	/**
	 * The services that have instances, whatever their status.
	 * @return their names
	 */
	List<String> services() {
		return this.directory.services().services().stream().map(ServiceCatalog.Entry::name).toList();
	}

	/**
	 * A list, and by identity the instances that it was made of.
	 */
	private record Routable(String revision, List<ServiceInstance> instances,
			IdentityHashMap<Instance, ServiceInstance> made) {

		static Routable of(ServiceList list, IdentityHashMap<Instance, ServiceInstance> before) {
			IdentityHashMap<Instance, ServiceInstance> made = new IdentityHashMap<>();
			List<ServiceInstance> instances = list.instances()
				.stream()
				.filter(Instance::routable)
				.map((each) -> made.computeIfAbsent(each, (instance) -> known(before, instance)))
				.toList();
			return new Routable(list.revision(), instances, made);
		}

		private static ServiceInstance known(IdentityHashMap<Instance, ServiceInstance> before, Instance instance) {
			ServiceInstance known = before.get(instance);
			return (known != null) ? known : new RosterServiceInstance(instance);
		}

	}

}
