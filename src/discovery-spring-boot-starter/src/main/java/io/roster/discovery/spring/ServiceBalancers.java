package io.roster.discovery.spring;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.roster.discovery.balance.EjectionListener;
import io.roster.discovery.balance.LeastRequests;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;

/**
 * The counts of this consumer, one {@link LeastRequests} for each service that it calls.
 */
final class ServiceBalancers {

	private final @Nullable String zone;

	private final EjectionListener<ServiceInstance> listener;

	private final Map<String, LeastRequests<ServiceInstance>> balancers = new ConcurrentHashMap<>();

	ServiceBalancers(@Nullable String zone, EjectionListener<ServiceInstance> listener) {
		this.zone = zone;
		this.listener = listener;
	}

	LeastRequests<ServiceInstance> of(String service) {
		return this.balancers.computeIfAbsent(service,
				(name) -> new LeastRequests<>(Candidates::of, this.zone, this.listener));
	}

}
