package io.roster.discovery.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

import io.roster.discovery.Directory;
import io.roster.discovery.Instance;
import io.roster.discovery.InstanceStatus;
import io.roster.discovery.Registrar;
import io.roster.discovery.Registration;
import io.roster.ensemble.LocalEnsemble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * The status of an application's instance follows its health.
 */
class HealthFollowingTests {

	private static LocalEnsemble ensemble;

	private static ConfigurableApplicationContext consumer;

	private volatile Supplier<Health> health = () -> Health.up().build();

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		consumer = TestApplication.startConsumer(ensemble);
	}

	@AfterAll
	static void stop() {
		consumer.close();
		ensemble.close();
	}

	@Test
	void downAndOutOfServiceTakeTheInstanceOutInPlaceAndUpBringsItBack() {
		try (ConfigurableApplicationContext context = start("followed")) {
			awaitStatus("followed", InstanceStatus.UP);
			String id = instances("followed").get(0).id();
			this.health = () -> Health.down().build();
			awaitStatus("followed", InstanceStatus.OUT_OF_SERVICE);
			this.health = () -> Health.up().build();
			awaitStatus("followed", InstanceStatus.UP);
			this.health = () -> Health.outOfService().build();
			awaitStatus("followed", InstanceStatus.OUT_OF_SERVICE);
			this.health = () -> Health.unknown().build();
			awaitStatus("followed", InstanceStatus.UP);
			assertThat(instances("followed")).extracting(Instance::id).containsExactly(id);
		}
	}

	@Test
	void aCheckThatThrowsOrHangsCountsAsDown() {
		try (ConfigurableApplicationContext context = start("failing")) {
			awaitStatus("failing", InstanceStatus.UP);
			this.health = () -> {
				throw new IllegalStateException("broken");
			};
			awaitStatus("failing", InstanceStatus.OUT_OF_SERVICE);
			this.health = () -> Health.up().build();
			awaitStatus("failing", InstanceStatus.UP);
			CountDownLatch end = new CountDownLatch(1);
			this.health = () -> hang(end);
			awaitStatus("failing", InstanceStatus.OUT_OF_SERVICE);
			this.health = () -> Health.up().build();
			end.countDown();
			awaitStatus("failing", InstanceStatus.UP);
		}
	}

	private static Health hang(CountDownLatch end) {
		try {
			end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return Health.up().build();
	}

	@Test
	void anApplicationThatStartsUnhealthyIsNeverUp() {
		this.health = () -> Health.down().build();
		try (ConfigurableApplicationContext context = start("ill")) {
			awaitStatus("ill", InstanceStatus.OUT_OF_SERVICE);
			Registration registration = context.getBean(Registrar.class).registrations().get(0);
			assertThat(registration.data().status()).isEqualTo(InstanceStatus.OUT_OF_SERVICE);
			this.health = () -> Health.up().build();
			awaitStatus("ill", InstanceStatus.UP);
		}
	}

	@Test
	void aGroupMayCountAlone() {
		this.health = () -> Health.down().build();
		try (ConfigurableApplicationContext context = start("grouped", "roster.discovery.health.group=readiness")) {
			awaitStatus("grouped", InstanceStatus.UP);
		}
		assertThatException().isThrownBy(() -> start("misspelt", "roster.discovery.health.group=redyness"))
			.withStackTraceContaining("roster.discovery.health.group names the health group 'redyness'");
	}

	@Test
	void itCanBeSwitchedOff() {
		this.health = () -> Health.down().build();
		try (ConfigurableApplicationContext context = start("unfollowed", "roster.discovery.health.enabled=false")) {
			assertThat(context.getBeansOfType(HealthFollower.class)).isEmpty();
			awaitStatus("unfollowed", InstanceStatus.UP);
		}
	}

	private ConfigurableApplicationContext start(String name, String... properties) {
		List<String> all = new ArrayList<>(List.of("roster.discovery.health.interval=100ms"));
		all.addAll(List.of(properties));
		SpringApplication application = TestApplication.application(ensemble, all.toArray(String[]::new));
		application.addInitializers((context) -> ((GenericApplicationContext) context)
			.registerBean("switchedHealthIndicator", HealthIndicator.class, () -> () -> this.health.get()));
		return application.run("--spring.application.name=" + name);
	}

	private static List<Instance> instances(String service) {
		return consumer.getBean(Directory.class).instances(service).instances();
	}

	private static void awaitStatus(String service, InstanceStatus status) {
		await().untilAsserted(() -> assertThat(instances(service)).singleElement().returns(status, Instance::status));
	}

}
