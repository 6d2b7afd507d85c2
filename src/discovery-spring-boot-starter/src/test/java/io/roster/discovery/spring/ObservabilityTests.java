package io.roster.discovery.spring;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.roster.discovery.InstanceData;
import io.roster.discovery.InstanceStatus;
import io.roster.discovery.Registrar;
import io.roster.discovery.Registration;
import io.roster.ensemble.LocalEnsemble;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an application shows of its discovery, on a real ensemble that goes away and comes
 * back.
 */
class ObservabilityTests {

	private static final Duration BOUND = Duration.ofSeconds(40);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static LocalEnsemble ensemble;

	private static ConfigurableApplicationContext application;

	private static Registrar registrar;

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		application = TestApplication.start(ensemble, "bikes",
				"management.endpoints.web.exposure.include=health,roster,metrics",
				"management.endpoint.health.show-details=always",
				"spring.cloud.zookeeper.discovery.metadata.zone=north",
				"spring.cloud.zookeeper.discovery.metadata.user.password=hidden");
		registrar = application.getBean(Registrar.class);
		await(() -> assertThat(endpoint("/bikes").path("instances").size()).isEqualTo(1));
	}

	@AfterAll
	static void stop() {
		application.close();
		ensemble.close();
	}

	@Test
	void theEndpointShowsTheConnectionTheOwnRegistrationAndTheServices() {
		await(() -> assertThat(health().getStatus()).isEqualTo(Status.UP));
		JsonNode overview = endpoint("");
		assertThat(overview.path("loaded").asBoolean()).isTrue();
		assertThat(overview.path("revision").asString()).isNotEmpty();
		assertThat(overview.path("connection").path("connected").asBoolean()).isTrue();
		assertThat(overview.path("connection").path("epoch").isIntegralNumber()).isTrue();
		JsonNode own = overview.path("registrations").get(0);
		assertThat(own.path("service").asString()).isEqualTo("bikes");
		assertThat(own.path("id").asString()).startsWith("bikes0");
		assertThat(overview.path("services").path("bikes").path("up").asInt()).isEqualTo(1);
		assertThat(overview.path("services").path("bikes").path("suspect").asInt()).isZero();
	}

	@Test
	void theEndpointShowsOneServiceAndNoSecrets() {
		JsonNode service = endpoint("/bikes");
		assertThat(service.path("revision").asString()).isNotEmpty();
		JsonNode instance = service.path("instances").get(0);
		assertThat(instance.path("id").asString()).startsWith("bikes0");
		assertThat(instance.path("port").asString()).isEqualTo(TestApplication.port(application));
		assertThat(instance.path("status").asString()).isEqualTo("UP");
		assertThat(instance.path("zone").asString()).isEqualTo("north");
		assertThat(instance.path("weight").asInt()).isEqualTo(1);
		assertThat(instance.path("suspect").asBoolean()).isFalse();
		assertThat(instance.path("czxid").asString()).matches("\\d+");
		assertThat(service.toString()).doesNotContain("hidden");
		assertThat(status("/actuator/roster/nobody")).isEqualTo(404);
	}

	@Test
	void instancesAreCountedByStatusAndAServiceThatIsGoneHasNoMeters() {
		Registration one = registrar.register("scooters", InstanceData.at("127.0.0.1", 4711));
		Registration two = registrar.register("scooters",
				InstanceData.at("127.0.0.1", 4712).withStatus(InstanceStatus.OUT_OF_SERVICE));
		await(() -> assertThat(instances("scooters"))
			.isEqualTo(Map.of("up", 1.0, "draining", 0.0, "out_of_service", 1.0, "suspect", 0.0)));
		await(() -> assertThat(gauge("registered")).isGreaterThanOrEqualTo(3.0));
		two.deregister().join();
		await(() -> assertThat(instances("scooters")).containsEntry("out_of_service", 0.0).containsEntry("up", 1.0));
		one.deregister().join();
		await(() -> assertThat(instances("scooters")).isEmpty());
		Registration again = registrar.register("scooters", InstanceData.at("127.0.0.1", 4711));
		await(() -> assertThat(instances("scooters")).containsEntry("up", 1.0));
		again.deregister().join();
		await(() -> assertThat(instances("scooters")).isEmpty());
	}

	/** Nothing listens on port 1. */
	@Test
	void anInstanceThatRefusesIsCountedAndShownAsPassedOver() {
		Registration registration = registrar.register("dead", InstanceData.at("127.0.0.1", 1));
		await(() -> assertThat(endpoint("/dead").path("instances").get(0).path("routable").asBoolean()).isTrue());
		assertThat(endpoint("/dead").path("instances").get(0).path("passedOverForMs").isNumber()).isFalse();
		await(() -> {
			assertThatExceptionOfType(ResourceAccessException.class).isThrownBy(
					() -> TestApplication.client(application).get().uri("http://dead/").retrieve().body(String.class));
			assertThat(endpoint("/dead").path("instances").get(0).path("passedOverForMs").asLong(0)).isPositive();
		});
		assertThat(meters().get("roster.discovery.ejections").tag("service", "dead").counter().count()).isPositive();
		registration.deregister().join();
	}

	@Test
	void theTimeFromEventToPublicationIsMeasured() {
		Timer publication = meters().get("roster.discovery.publication").timer();
		long before = publication.count();
		Registration registration = registrar.register("timed", InstanceData.at("127.0.0.1", 4711));
		await(() -> assertThat(publication.count()).isGreaterThan(before));
		registration.deregister().join();
	}

	/** The session outlives the outage or not: a machine may be slow. */
	@Test
	void anOutageIsToldAsItIs() {
		String id = endpoint("/bikes").path("instances").get(0).path("id").asString();
		Instant begun = Instant.now();
		ensemble.stop(1);
		await(() -> assertThat(gauge("connected")).isZero());
		await(() -> assertThat(gauge("snapshot.stale")).isOne());
		Health health = health();
		assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health.getDetails()).containsEntry("connected", false).containsEntry("stale", true);
		assertThat((Instant) health.getDetails().get("staleSince")).isBetween(begun.minus(BOUND), Instant.now());
		assertThat((Long) health.getDetails().get("ageMs")).isNotNegative();
		assertThat(health.getDetails().get("registrations")).asInstanceOf(InstanceOfAssertFactories.LIST)
			.contains(new OwnRegistration("bikes", id, InstanceStatus.UP, OwnRegistration.State.UNCONFIRMED));
		assertThat(endpoint("").path("staleSince").asString()).endsWith("Z");
		assertThat(endpoint("/bikes").path("instances").get(0).path("id").asString()).isEqualTo(id);
		assertThat(endpoint("/bikes").path("stale").asBoolean()).isTrue();
		assertThat(gauge("snapshot.age")).isNotNegative();
		assertThat(status("/actuator/health/readiness")).isEqualTo(200);
		ensemble.start(1, false);
		await(() -> assertThat(health().getStatus()).isEqualTo(Status.UP));
		await(() -> assertThat(health().getDetails()).containsEntry("stale", false).doesNotContainKey("staleSince"));
		await(() -> assertThat(counter("reconnects")).isPositive());
		await(() -> assertThat(endpoint("").path("registrations").get(0).path("state").asString())
			.isEqualTo("REGISTERED"));
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(BOUND).ignoreExceptions().untilAsserted(assertion);
	}

	private static Health health() {
		return application.getBean(DirectoryHealthIndicator.class).health();
	}

	private static MeterRegistry meters() {
		return application.getBean(MeterRegistry.class);
	}

	private static double gauge(String name) {
		return meters().get("roster.discovery." + name).meter().measure().iterator().next().getValue();
	}

	private static double counter(String name) {
		return meters().get("roster.discovery." + name).functionCounter().count();
	}

	private static Map<String, Double> instances(String service) {
		return meters().find("roster.discovery.instances")
			.tag("service", service)
			.gauges()
			.stream()
			.collect(Collectors.toMap((each) -> each.getId().getTag("status"), Gauge::value));
	}

	private static JsonNode endpoint(String path) {
		return JSON
			.readTree(RestClient.create().get().uri(uri("/actuator/roster" + path)).retrieve().body(String.class));
	}

	private static int status(String path) {
		return RestClient.create()
			.get()
			.uri(uri(path))
			.exchange((request, response) -> response.getStatusCode().value());
	}

	private static String uri(String path) {
		return "http://127.0.0.1:" + TestApplication.port(application) + path;
	}

}
