package io.roster.discovery.spring;

import java.util.List;

import reactor.core.publisher.Flux;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;

/**
 * Gives the load balancer the directory's list as it is at each request, with no cache
 * and no change of threads. A service that the directory does not know may be known to
 * another {@code DiscoveryClient} of the application.
 */
final class DirectoryInstanceListSupplier implements ServiceInstanceListSupplier {

	private final String service;

	private final DirectoryInstances instances;

	private final ServiceInstanceListSupplier others;

	DirectoryInstanceListSupplier(String service, DirectoryInstances instances, ServiceInstanceListSupplier others) {
		this.service = service;
		this.instances = instances;
		this.others = others;
	}

	@Override
	public String getServiceId() {
		return this.service;
	}

	@Override
	public Flux<List<ServiceInstance>> get() {
		return Flux.defer(() -> {
			List<ServiceInstance> known = this.instances.of(this.service);
			return known.isEmpty() ? this.others.get() : Flux.just(known);
		});
	}

}
