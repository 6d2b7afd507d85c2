package io.roster.discovery.spring;

import java.util.List;

import io.roster.discovery.balance.LeastRequests;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.loadbalancer.core.NoopServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.SelectedInstanceCallback;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.util.function.SingletonSupplier;

/**
 * Chooses one instance of one service by {@link LeastRequests}.
 */
final class LeastRequestsLoadBalancer implements ReactorServiceInstanceLoadBalancer {

	private final SingletonSupplier<ServiceInstanceListSupplier> instances;

	private final LeastRequests<ServiceInstance> balancer;

	LeastRequestsLoadBalancer(ObjectProvider<ServiceInstanceListSupplier> instances,
			LeastRequests<ServiceInstance> balancer) {
		this.instances = SingletonSupplier.of(() -> instances.getIfAvailable(NoopServiceInstanceListSupplier::new));
		this.balancer = balancer;
	}

	@Override
	@SuppressWarnings("rawtypes") // the interface has it so
	public Mono<Response<ServiceInstance>> choose(Request request) {
		ServiceInstanceListSupplier supplier = this.instances.obtain();
		return supplier.get(request).next().map((instances) -> choose(supplier, instances));
	}

	private Response<ServiceInstance> choose(ServiceInstanceListSupplier supplier, List<ServiceInstance> instances) {
		ServiceInstance chosen = this.balancer.choose(instances).orElse(null);
		if (chosen == null) {
			return new EmptyResponse();
		}
		if (supplier instanceof SelectedInstanceCallback callback) {
			callback.selectedServiceInstance(chosen);
		}
		return new DefaultResponse(chosen);
	}

}
