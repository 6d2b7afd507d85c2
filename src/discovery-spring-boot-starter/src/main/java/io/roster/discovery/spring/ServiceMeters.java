package io.roster.discovery.spring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.roster.discovery.Directory;
import io.roster.discovery.ServiceEvent;
import io.roster.discovery.ServiceListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gauges {@code roster.discovery.instances}, by service and status. They come with a
 * service's first instance and go with its last, so that a registry does not fill up with
 * services that have been; and of so many services as nobody has on purpose the rest has
 * none.
 */
final class ServiceMeters implements ServiceListener {

	static final int MAX_SERVICES = 500;

	private static final Logger logger = LoggerFactory.getLogger(ServiceMeters.class);

	private final Directory directory;

	private final MeterRegistry registry;

	private final Map<String, List<Gauge>> meters = new HashMap<>();

	private boolean full;

	private boolean closed;

	ServiceMeters(Directory directory, MeterRegistry registry) {
		this.directory = directory;
		this.registry = registry;
	}

	/** Goes by what stands now: the last event of a service comes when it stands so. */
	@Override
	public synchronized void onEvent(ServiceEvent event) {
		if (this.closed || event instanceof ServiceEvent.Updated) {
			return;
		}
		String service = event.service();
		if (this.directory.instances(service).instances().isEmpty()) {
			remove(this.meters.getOrDefault(service, List.of()));
			this.meters.remove(service);
		}
		else if (!this.meters.containsKey(service)) {
			add(service);
		}
	}

	private void add(String service) {
		if (this.meters.size() < MAX_SERVICES) {
			this.meters.put(service,
					InstanceCounts.STATUSES.stream().map((status) -> register(service, status)).toList());
		}
		else if (!this.full) {
			this.full = true;
			logger.warn("There are more than {} services: further ones, {} for example, get no metric {}instances",
					MAX_SERVICES, service, DiscoveryMetrics.PREFIX);
		}
	}

	private Gauge register(String service, String status) {
		return Gauge
			.builder(DiscoveryMetrics.PREFIX + "instances", this.directory,
					(directory) -> InstanceCounts.count(directory.instances(service), status))
			.description("Instances of a service, by what they say about themselves")
			.baseUnit("instances")
			.tag("service", service)
			.tag("status", status)
			.register(this.registry);
	}

	private void remove(List<Gauge> gone) {
		gone.forEach(this.registry::remove);
	}

	synchronized void close() {
		this.closed = true;
		this.meters.values().forEach(this::remove);
		this.meters.clear();
	}

}
