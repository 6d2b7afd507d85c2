package io.roster.discovery.spring;

import java.time.Duration;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.roster.discovery.balance.EjectionListener;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.ServiceInstance;

/**
 * The counters {@code roster.discovery.ejections}, by service.
 */
final class EjectionMeters implements EjectionListener<ServiceInstance> {

	private final ObjectProvider<MeterRegistry> registries;

	EjectionMeters(ObjectProvider<MeterRegistry> registries) {
		this.registries = registries;
	}

	@Override
	public void ejected(ServiceInstance instance, int refusals, Duration passedOver) {
		this.registries.ifAvailable((registry) -> Counter.builder(DiscoveryMetrics.PREFIX + "ejections")
			.description("Instances that were passed over after a failed connection")
			.tag("service", instance.getServiceId())
			.register(registry)
			.increment());
	}

}
