package io.roster.discovery.spring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.Subscription;
import io.roster.discovery.Directory;
import io.roster.discovery.Registrar;
import org.jspecify.annotations.Nullable;

/**
 * Binds {@code roster.discovery.*}: the age and the sizes of the lists, the own
 * registrations, and what the connection has been through.
 */
final class DiscoveryMetrics implements MeterBinder, AutoCloseable {

	static final String PREFIX = "roster.discovery.";

	private final Directory directory;

	private final Coordination coordination;

	private final @Nullable Registrar registrar;

	private final List<Mirror> mirrors;

	private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

	DiscoveryMetrics(Directory directory, Coordination coordination, @Nullable Registrar registrar,
			List<Mirror> mirrors) {
		this.directory = directory;
		this.coordination = coordination;
		this.registrar = registrar;
		this.mirrors = mirrors;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bindLists(registry);
		bindConnection(registry);
		if (this.registrar != null) {
			gauge("registered", this.registrar, Registrar::registered)
				.description("Instances of this application that stand in the ensemble, as far as is known")
				.baseUnit("instances")
				.register(registry);
			FunctionCounter.builder(PREFIX + "reregistrations", this.registrar, Registrar::reregistrations)
				.description("Instances of this application that were registered again after their node was lost")
				.register(registry);
		}
	}

	private void bindLists(MeterRegistry registry) {
		gauge("services", this.directory, (each) -> each.services().services().size())
			.description("Services that have instances")
			.baseUnit("services")
			.register(registry);
		TimeGauge
			.builder(PREFIX + "snapshot.age", this.directory, TimeUnit.MILLISECONDS,
					(each) -> each.services().age().toMillis())
			.description("Time since the ensemble was heard of")
			.register(registry);
		gauge("snapshot.stale", this.directory, (each) -> each.services().stale() ? 1 : 0)
			.description("1 while the lists may be behind, because the ensemble is away, else 0")
			.register(registry);
		Timer publication = Timer.builder(PREFIX + "publication")
			.description("Time from the receipt of the ensemble's event until all listeners know the new list")
			.register(registry);
		this.mirrors.forEach((mirror) -> this.subscriptions
			.add(mirror.observePublications((nanos) -> publication.record(nanos, TimeUnit.NANOSECONDS))));
		ServiceMeters services = new ServiceMeters(this.directory, registry);
		this.subscriptions.add(this.directory.subscribe(services));
		this.subscriptions.add(services::close);
	}

	private void bindConnection(MeterRegistry registry) {
		gauge("connected", this.coordination, (each) -> each.status().connected() ? 1 : 0)
			.description("1 while there is a connection to the ensemble, else 0")
			.register(registry);
		counter("reconnects", (each) -> each.status().reconnects())
			.description("Lost connections to the ensemble that came back")
			.register(registry);
		counter("sessions.lost", (each) -> each.status().sessionsLost())
			.description("Sessions that ended without being closed")
			.register(registry);
		counter("elections", (each) -> each.status().elections())
			.description("Changes of the ensemble's leader that were noticed")
			.register(registry);
	}

	private static <T> Gauge.Builder<T> gauge(String name, T source, ToDoubleFunction<T> value) {
		return Gauge.builder(PREFIX + name, source, value);
	}

	private FunctionCounter.Builder<Coordination> counter(String name, ToDoubleFunction<Coordination> value) {
		return FunctionCounter.builder(PREFIX + name, this.coordination, value);
	}

	/** Ends the subscriptions. */
	@Override
	public void close() {
		this.subscriptions.forEach(Subscription::close);
		this.subscriptions.clear();
	}

}
