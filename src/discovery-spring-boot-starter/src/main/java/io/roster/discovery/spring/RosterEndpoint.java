package io.roster.discovery.spring;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.roster.coordination.ConnectionStatus;
import io.roster.discovery.Directory;
import io.roster.discovery.Instance;
import io.roster.discovery.ServiceCatalog;
import io.roster.discovery.ServiceList;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * {@link Endpoint @Endpoint} that shows what this process knows: the connection, its own
 * registrations, the services, and the instances of one of them as this process's load
 * balancer sees them. Of the metadata it shows the zone and the weight alone, because
 * applications put credentials there.
 */
@Endpoint(id = "roster")
final class RosterEndpoint {

	private final Supplier<DiscoveryState> state;

	private final Directory directory;

	private final PassedOver passedOver;

	RosterEndpoint(Supplier<DiscoveryState> state, Directory directory, PassedOver passedOver) {
		this.state = state;
		this.directory = directory;
		this.passedOver = passedOver;
	}

	@ReadOperation
	Overview overview() {
		DiscoveryState now = this.state.get();
		ServiceCatalog catalog = now.catalog();
		Map<String, Map<String, Integer>> services = new TreeMap<>();
		catalog.services()
			.forEach((each) -> services.put(each.name(), InstanceCounts.of(this.directory.instances(each.name()))));
		return new Overview(catalog.revision(), catalog.loaded(), catalog.stale(), catalog.age().toMillis(),
				now.staleSince(), ConnectionView.of(now.connection()), now.registrations(), services);
	}

	/**
	 * One service.
	 * @return {@code null}, which is told as 404, if it has no instances
	 */
	@ReadOperation
	@Nullable ServiceDescription service(@Selector String service) {
		ServiceList list = this.directory.instances(service);
		if (list.instances().isEmpty()) {
			return null;
		}
		Map<String, Long> passed = this.passedOver.millis(list);
		return new ServiceDescription(list.name(), list.revision(), list.stale(), list.age().toMillis(),
				list.instances()
					.stream()
					.map((each) -> InstanceDescription.of(each, passed.get(each.path())))
					.toList());
	}

	/**
	 * What this process's load balancer does not send requests to for a while, because a
	 * connection failed.
	 */
	@FunctionalInterface
	interface PassedOver {

		/** The rest of the time in milliseconds, by the path of the instance. */
		Map<String, Long> millis(ServiceList list);

	}

	record Overview(String revision, boolean loaded, boolean stale, long ageMs, @Nullable Instant staleSince,
			ConnectionView connection, List<OwnRegistration> registrations,
			Map<String, Map<String, Integer>> services) implements OperationResponseBody {
	}

	record ConnectionView(boolean connected, long sinceMs, long reconnects, long sessionsLost, long elections,
			long epoch) {

		static ConnectionView of(ConnectionStatus status) {
			return new ConnectionView(status.connected(), status.since().toMillis(), status.reconnects(),
					status.sessionsLost(), status.elections(), status.epoch());
		}

	}

	record ServiceDescription(String name, String revision, boolean stale, long ageMs,
			List<InstanceDescription> instances) implements OperationResponseBody {
	}

	/** Transactions are 64-bit numbers, which JavaScript does not keep: they are text. */
	record InstanceDescription(String id, String path, @Nullable String address, @Nullable Integer port, boolean secure,
			String status, @Nullable String zone, int weight, boolean suspect, boolean routable, String czxid,
			@Nullable Instant registeredAt, String layout, @Nullable Long passedOverForMs) {

		static InstanceDescription of(Instance instance, @Nullable Long passedOverForMs) {
			return new InstanceDescription(instance.id(), instance.path(), instance.address(), instance.port(),
					instance.secure(), instance.status().name(), instance.zone(), instance.weight(), instance.suspect(),
					instance.routable(), Long.toString(instance.czxid()), instance.registeredAt(),
					instance.layout().name(), passedOverForMs);
		}

	}

}
