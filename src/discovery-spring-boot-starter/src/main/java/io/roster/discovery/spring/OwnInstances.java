package io.roster.discovery.spring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.roster.discovery.InstanceData;
import io.roster.discovery.InstanceStatus;
import io.roster.discovery.Registrar;
import io.roster.discovery.Registration;
import io.roster.discovery.RegistrationOptions;
import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.curator.x.discovery.UriSpec;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.cloud.zookeeper.discovery.ZookeeperInstance;
import org.springframework.context.ApplicationListener;

/**
 * The instances of this application. Spring Cloud hands them over when the web server
 * listens; they are registered when the application is ready for the first time, and
 * their status follows its readiness and its health from then on. Once they are draining
 * nothing brings them back: the REFUSING_TRAFFIC that a closing application publishes
 * changes nothing.
 */
final class OwnInstances implements RegisteredInstance, ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	private final Registrar registrar;

	/** By the id that Spring Cloud gave them. */
	private final Map<String, Own> instances = new LinkedHashMap<>();

	private boolean ready;

	private boolean refusing;

	private boolean unhealthy;

	private boolean healthKnown = true;

	private boolean draining;

	OwnInstances(Registrar registrar) {
		this.registrar = registrar;
	}

	/**
	 * Adds an instance, or says something else about one.
	 * @throws IllegalArgumentException if the ensemble could not take it
	 */
	synchronized void put(ServiceInstance<ZookeeperInstance> instance) {
		String service = instance.getName();
		InstanceData data = data(instance);
		RegistrationOptions options = options(instance);
		this.registrar.requireValid(service, data, options);
		Own own = this.instances.computeIfAbsent(instance.getId(), (id) -> new Own(service, options, data));
		own.data = data;
		reconcile(own);
	}

	synchronized void remove(ServiceInstance<ZookeeperInstance> instance) {
		Own own = this.instances.remove(instance.getId());
		if (own != null && own.registration != null) {
			own.registration.close();
		}
	}

	@Override
	public synchronized Optional<String> id() {
		return registrations().flatMap((registration) -> registration.registeredAs().stream()).findFirst();
	}

	/**
	 * Leaves the lists for good. Does not block.
	 * @return completes when the ensemble has confirmed that the instances are gone, with
	 * whether there were any; exceptionally when it does not answer
	 */
	synchronized CompletableFuture<Boolean> drain() {
		this.draining = true;
		List<CompletableFuture<Void>> gone = registrations().map(Registration::deregister).toList();
		return CompletableFuture.allOf(gone.toArray(CompletableFuture[]::new)).thenApply((done) -> !gone.isEmpty());
	}

	private Stream<Registration> registrations() {
		return this.instances.values().stream().map((own) -> own.registration).filter(Objects::nonNull);
	}

	@Override
	public synchronized void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		this.refusing = event.getState() == ReadinessState.REFUSING_TRAFFIC;
		this.ready |= !this.refusing;
		this.instances.values().forEach(this::reconcile);
	}

	/** The health will be told, and nothing is registered before. */
	synchronized void awaitHealth() {
		this.healthKnown = false;
	}

	synchronized void healthy(boolean healthy) {
		boolean news = !this.healthKnown || this.unhealthy == healthy;
		this.unhealthy = !healthy;
		this.healthKnown = true;
		if (news) {
			this.instances.values().forEach(this::reconcile);
		}
	}

	private void reconcile(Own own) {
		if (!this.ready || !this.healthKnown || this.draining) {
			return;
		}
		boolean out = (this.refusing || this.unhealthy) && own.data.status() == InstanceStatus.UP;
		InstanceData effective = out ? own.data.withStatus(InstanceStatus.OUT_OF_SERVICE) : own.data;
		if (own.registration == null) {
			own.registration = this.registrar.register(own.service, effective, own.options);
		}
		else {
			// written again and again by the registrar until it stands
			CompletableFuture<Void> unused = own.registration.update((before) -> effective);
		}
	}

	private static RegistrationOptions options(ServiceInstance<ZookeeperInstance> instance) {
		RegistrationOptions options = RegistrationOptions.defaults().withInstanceId(instance.getId());
		UriSpec uriSpec = instance.getUriSpec();
		return (uriSpec != null) ? options.withUriSpec(text(uriSpec)) : options;
	}

	private static String text(UriSpec uriSpec) {
		return uriSpec.getParts()
			.stream()
			.map((part) -> part.isVariable() ? "{" + part.getValue() + "}" : part.getValue())
			.collect(Collectors.joining());
	}

	private static InstanceData data(ServiceInstance<ZookeeperInstance> instance) {
		boolean secure = instance.getSslPort() != null;
		Integer port = secure ? instance.getSslPort() : instance.getPort();
		ZookeeperInstance payload = instance.getPayload();
		Map<String, String> metadata = (payload != null && payload.getMetadata() != null) ? payload.getMetadata()
				: Map.of();
		return new InstanceData(instance.getAddress(), port, secure,
				InstanceStatus.read(metadata.getOrDefault(InstanceData.STATUS_KEY, "")), metadata);
	}

	/** One instance. */
	private static final class Own {

		private final String service;

		private final RegistrationOptions options;

		private InstanceData data;

		private @Nullable Registration registration;

		Own(String service, RegistrationOptions options, InstanceData data) {
			this.service = service;
			this.options = options;
			this.data = data;
		}

	}

}
