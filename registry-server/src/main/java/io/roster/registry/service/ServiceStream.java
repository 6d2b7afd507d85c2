package io.roster.registry.service;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.roster.coordination.Subscription;
import io.roster.discovery.Directory;
import io.roster.discovery.Instance;
import io.roster.discovery.ServiceCatalog;
import io.roster.discovery.ServiceEvent;
import io.roster.discovery.ServiceListener;
import io.roster.streams.StreamEvent;
import io.roster.streams.StreamSource;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happens to one service, or to all.
 */
@RequiredArgsConstructor
class ServiceStream implements StreamSource {

	private final Directory directory;

	private final ServiceViews views;

	/** The service, {@code null} for all. */
	private final @Nullable String service;

	/** The revision that the reader has, if it has one. */
	private final @Nullable String lastEventId;

	@Override
	public Subscription subscribe(Consumer<StreamEvent> events) {
		AtomicBoolean first = new AtomicBoolean(true);
		ServiceListener listener = (event) -> {
			// A reader that has this list already needs no snapshot of it.
			if (!first.getAndSet(false) || !event.revision().equals(this.lastEventId)) {
				events.accept(told(event));
			}
		};
		return (this.service != null) ? this.directory.subscribe(this.service, listener)
				: this.directory.subscribe(listener);
	}

	@Override
	public StreamEvent heartbeat() {
		ServiceCatalog catalog = this.directory.services();
		return new StreamEvent("heartbeat", null, () -> new HeartbeatView(catalog.stale(), catalog.age().toMillis()));
	}

	private StreamEvent told(ServiceEvent event) {
		if (event instanceof ServiceEvent.Snapshot snapshot) {
			return new StreamEvent("snapshot", event.revision(), () -> this.views.of(snapshot.list()));
		}
		if (event instanceof ServiceEvent.Added added) {
			return told("added", event, added.instance());
		}
		if (event instanceof ServiceEvent.Updated updated) {
			return told("updated", event, updated.after());
		}
		return told("removed", event, ((ServiceEvent.Removed) event).instance());
	}

	private static StreamEvent told(String name, ServiceEvent event, Instance instance) {
		return new StreamEvent(name, event.revision(), () -> InstanceView.of(instance));
	}

}
