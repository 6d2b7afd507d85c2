package io.roster.registry.console;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.roster.coordination.Subscription;
import io.roster.discovery.Directory;
import io.roster.discovery.Instance;
import io.roster.discovery.ServiceCatalog;
import io.roster.discovery.ServiceEvent;
import io.roster.discovery.ServiceListener;
import io.roster.registry.service.InstanceView;
import io.roster.streams.StreamEvent;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Tells {@code services}, which has all instances of all services; {@code instance} for
 * each that is added, updated or removed; and {@code state} when what is known here
 * becomes stale, and when it is up to date again.
 */
@Component
@RequiredArgsConstructor
class ServicesFeed implements ConsoleFeed {

	private final Directory directory;

	@Override
	public Subscription subscribe(@Nullable String authorization, Consumer<StreamEvent> events) {
		Services services = new Services(events);
		services.tellAll();
		Subscription instances = this.directory.subscribe(services);
		Subscription staleness = this.directory.subscribeToStaleness((stale) -> events.accept(state()));
		return () -> {
			staleness.close();
			instances.close();
		};
	}

	/** How new it is what this server knows. */
	StreamEvent state() {
		return new StreamEvent("state", null, () -> StateView.of(this.directory.services()));
	}

	private ServicesView all() {
		ServiceCatalog catalog = this.directory.services();
		return new ServicesView(catalog.revision(), catalog.stale(), catalog.age().toMillis(),
				catalog.services()
					.stream()
					.map((entry) -> new ServicesView.Service(entry.name(),
							this.directory.instances(entry.name()).instances().stream().map(InstanceView::of).toList()))
					.toList());
	}

	/** What one reader is told. */
	private final class Services implements ServiceListener {

		private final Consumer<StreamEvent> events;

		/** One event with everything is on its way, and is not made yet. */
		private final AtomicBoolean waiting = new AtomicBoolean();

		Services(Consumer<StreamEvent> events) {
			this.events = events;
		}

		/** Once for the snapshots of a thousand services that come together. */
		void tellAll() {
			if (this.waiting.compareAndSet(false, true)) {
				this.events.accept(new StreamEvent("services", null, () -> {
					this.waiting.set(false);
					return all();
				}));
			}
		}

		@Override
		public void onEvent(ServiceEvent event) {
			if (event instanceof ServiceEvent.Added added) {
				tell("added", event, added.instance());
			}
			else if (event instanceof ServiceEvent.Updated updated) {
				tell("updated", event, updated.after());
			}
			else if (event instanceof ServiceEvent.Removed removed) {
				tell("removed", event, removed.instance());
			}
			else {
				tellAll();
			}
		}

		private void tell(String change, ServiceEvent event, Instance instance) {
			this.events.accept(new StreamEvent("instance", null,
					() -> new InstanceChange(change, event.revision(), InstanceView.of(instance))));
		}

	}

	/**
	 * What has happened to an instance.
	 *
	 * @param change added, updated or removed
	 * @param revision of its service's list
	 * @param instance as it is now, or was
	 */
	record InstanceChange(String change, String revision, InstanceView instance) {
	}

	/**
	 * Everything that is registered.
	 *
	 * @param revision names the content of the whole directory
	 * @param stale whether it may be behind, because the ensemble is away
	 * @param ageMs how long ago the ensemble was last heard of, in milliseconds
	 * @param services the services that have instances, by name
	 */
	record ServicesView(String revision, boolean stale, long ageMs, List<Service> services) {

		record Service(String name, List<InstanceView> instances) {
		}

	}

	/**
	 * How new it is what this server knows.
	 *
	 * @param revision names the content of the whole directory
	 * @param stale whether it may be behind, because the ensemble is away
	 * @param ageMs how long ago the ensemble was last heard of, in milliseconds
	 */
	record StateView(String revision, boolean stale, long ageMs) {

		static StateView of(ServiceCatalog catalog) {
			return new StateView(catalog.revision(), catalog.stale(), catalog.age().toMillis());
		}

	}

}
