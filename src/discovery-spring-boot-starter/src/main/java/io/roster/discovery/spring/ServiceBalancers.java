package io.roster.discovery.spring;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.roster.discovery.Instance;
import io.roster.discovery.ServiceList;
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

	/**
	 * Who is passed over.
	 * @return the rest of the time in milliseconds, by the path of the instance
	 */
	Map<String, Long> passedOver(ServiceList list) {
		LeastRequests<ServiceInstance> balancer = of(list.name());
		Map<String, Long> passedOver = new HashMap<>();
		list.instances().stream().filter(Instance::routable).forEach((instance) -> {
			Duration rest = balancer.passedOver(new RosterServiceInstance(instance));
			if (!rest.isZero()) {
				passedOver.put(instance.path(), Math.max(rest.toMillis(), 1));
			}
		});
		return passedOver;
	}

}
