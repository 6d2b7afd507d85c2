package io.roster.discovery.spring;

import java.time.Duration;
import java.util.function.Consumer;

import io.roster.discovery.balance.EjectionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.ServiceInstance;

/**
 * Logs when an instance is passed over and when it takes part again, once each, and tells
 * every {@link EjectionListener} of the application.
 */
final class Ejections implements EjectionListener<ServiceInstance> {

	private static final Logger log = LoggerFactory.getLogger(Ejections.class);

	private final ObjectProvider<EjectionListener<ServiceInstance>> listeners;

	Ejections(ObjectProvider<EjectionListener<ServiceInstance>> listeners) {
		this.listeners = listeners;
	}

	@Override
	public void ejected(ServiceInstance instance, int refusals, Duration passedOver) {
		if (refusals == 1) {
			log.info("{} of {} refused or dropped a connection: it is passed over until it answers again",
					name(instance), instance.getServiceId());
		}
		each((listener) -> listener.ejected(instance, refusals, passedOver));
	}

	@Override
	public void readmitted(ServiceInstance instance) {
		log.info("{} of {} answers again", name(instance), instance.getServiceId());
		each((listener) -> listener.readmitted(instance));
	}

	/** One that throws must not fail the request that ended here. */
	private void each(Consumer<EjectionListener<ServiceInstance>> call) {
		this.listeners.orderedStream().forEach((listener) -> {
			try {
				call.accept(listener);
			}
			catch (RuntimeException ex) {
				log.warn("{} failed", listener, ex);
			}
		});
	}

	private static String name(ServiceInstance instance) {
		String id = instance.getInstanceId();
		return (id != null) ? id : instance.getHost() + ':' + instance.getPort();
	}

}
