package io.roster.discovery.spring;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.roster.discovery.Directory;
import io.roster.discovery.Instance;
import io.roster.discovery.ServiceCatalog;
import io.roster.discovery.ServiceList;

import org.springframework.cloud.client.ServiceInstance;

/**
 * The instances that requests may be sent to, in Spring Cloud's form. They are made once
 * for each change of a list and not for each request. Nothing blocks.
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
			known = Routable.of(list);
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

	private record Routable(String revision, List<ServiceInstance> instances) {

		static Routable of(ServiceList list) {
			return new Routable(list.revision(),
					list.instances()
						.stream()
						.filter(Instance::routable)
						.<ServiceInstance>map(RosterServiceInstance::new)
						.collect(Collectors.toUnmodifiableList()));
		}

	}

}
