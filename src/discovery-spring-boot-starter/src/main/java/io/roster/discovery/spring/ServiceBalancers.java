package io.roster.discovery.spring;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.roster.discovery.balance.LeastRequests;

import org.springframework.cloud.client.ServiceInstance;

/**
 * The counts of this consumer, one {@link LeastRequests} for each service that it calls.
 */
final class ServiceBalancers {

	private final Map<String, LeastRequests<ServiceInstance>> balancers = new ConcurrentHashMap<>();

	LeastRequests<ServiceInstance> of(String service) {
		return this.balancers.computeIfAbsent(service, (name) -> new LeastRequests<>(ServiceBalancers::identity));
	}

	private static Object identity(ServiceInstance instance) {
		if (instance instanceof RosterServiceInstance own) {
			return own.identity();
		}
		return Objects.requireNonNullElseGet(instance.getInstanceId(),
				() -> instance.getHost() + ':' + instance.getPort());
	}

}
