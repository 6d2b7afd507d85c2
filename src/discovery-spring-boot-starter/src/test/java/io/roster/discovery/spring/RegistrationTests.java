package io.roster.discovery.spring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.roster.discovery.Directory;
import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.curator.x.discovery.details.JsonInstanceSerializer;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.cloud.zookeeper.discovery.ZookeeperInstance;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Real applications on a real ensemble.
 */
class RegistrationTests {

	private static LocalEnsemble ensemble;

	private static CuratorFramework observer;

	private static ConfigurableApplicationContext consumer;

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		observer = CuratorFrameworkFactory.newClient(ensemble.connectString(), new RetryOneTime(100));
		observer.start();
		consumer = TestApplication.startConsumer(ensemble);
	}

	@AfterAll
	static void stop() {
		consumer.close();
		observer.close();
		ensemble.close();
	}

	@Test
	void anApplicationIsRegisteredOnlyWhenItIsReady() throws Exception {
		CountDownLatch listening = new CountDownLatch(1);
		CountDownLatch warm = new CountDownLatch(1);
		SpringApplication application = TestApplication.application(ensemble);
		application.addListeners((ApplicationListener<WebServerInitializedEvent>) (event) -> listening.countDown());
		application
			.addInitializers((context) -> ((GenericApplicationContext) context).registerBean(ApplicationRunner.class,
					() -> (arguments) -> assertThat(warm.await(20, TimeUnit.SECONDS)).isTrue()));
		CompletableFuture<ConfigurableApplicationContext> started = CompletableFuture
			.supplyAsync(() -> application.run("--spring.application.name=warming"));
		assertThat(listening.await(20, TimeUnit.SECONDS)).isTrue();
		await().during(Duration.ofMillis(300)).until(() -> nodes("warming").isEmpty());
		warm.countDown();
		try (ConfigurableApplicationContext context = started.get(20, TimeUnit.SECONDS)) {
			await().until(() -> nodes("warming").size() == 1);
		}
	}

	@Test
	void anApplicationIsFoundByAnotherOneThatDoesNotRegisterAndByPlainSpringCloudZookeeper() throws Exception {
		try (ConfigurableApplicationContext context = TestApplication.start(ensemble, "found",
				"spring.cloud.zookeeper.discovery.metadata.zone=east")) {
			DiscoveryClient client = consumer.getBean(DiscoveryClient.class);
			await().until(() -> client.getInstances("found").size() == 1);
			org.springframework.cloud.client.ServiceInstance instance = client.getInstances("found").get(0);
			assertThat(instance.getInstanceId()).isEqualTo(nodes("found").get(0));
			assertThat(instance.getUri()).hasToString("http://127.0.0.1:" + TestApplication.port(context));
			assertThat(instance.getMetadata()).containsEntry("zone", "east");
			await().untilAsserted(() -> assertThat(context.getBean(RegisteredInstance.class).id())
				.contains(instance.getInstanceId()));
			assertThat(client.getServices()).contains("found").doesNotContain("consumer");
			assertThat(consumer.getBean(ReactiveDiscoveryClient.class).getInstances("found").collectList().block())
				.containsExactly(instance);
			ServiceInstance<ZookeeperInstance> plain = new JsonInstanceSerializer<>(ZookeeperInstance.class)
				.deserialize(observer.getData().forPath("/servers/" + instance.getInstanceId()));
			assertThat(plain.getName()).isEqualTo("found");
			assertThat(plain.buildUriSpec()).isEqualTo(instance.getUri().toString());
			assertThat(plain.getPayload().getMetadata()).containsEntry("zone", "east")
				.containsEntry("instance_status", "UP");
		}
		assertThat(nodes("found")).isEmpty();
	}

	@Test
	void anApplicationThatOnlyRegistersIsFoundAndComesBackAndLeaves() throws Exception {
		DiscoveryClient client = consumer.getBean(DiscoveryClient.class);
		try (ConfigurableApplicationContext context = TestApplication.start(ensemble, "registering",
				"roster.discovery.follow=false", "roster.discovery.register-in=both")) {
			DiscoveryClient own = context.getBean(DiscoveryClient.class);
			await().until(() -> client.getInstances("registering").size() == 1);
			await().until(() -> own.getInstances("registering").size() == 1);
			assertThat(own.getServices()).containsExactly("registering");
			assertThat(observer.getChildren().forPath("/services/registering")).hasSize(1);
			String before = nodes("registering").get(0);
			observer.delete().forPath("/servers/" + before);
			await().until(() -> nodes("registering").size() == 1 && !nodes("registering").contains(before));
			AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
			await().until(() -> client.getInstances("registering").isEmpty());
		}
		assertThat(nodes("registering")).isEmpty();
		assertThat(observer.getChildren().forPath("/services/registering")).isEmpty();
	}

	@Test
	void anInstanceOfPlainSpringCloudZookeeperIsFound() throws Exception {
		String node = "/services/plain/one";
		observer.create()
			.creatingParentsIfNeeded()
			.withMode(CreateMode.EPHEMERAL)
			.forPath(node,
					new JsonInstanceSerializer<>(ZookeeperInstance.class)
						.serialize(ServiceInstance.<ZookeeperInstance>builder()
							.name("plain")
							.id("one")
							.address("127.0.0.1")
							.port(8790)
							.payload(new ZookeeperInstance("one", "plain", Map.of("zone", "east")))
							.build()));
		DiscoveryClient client = consumer.getBean(DiscoveryClient.class);
		await().until(() -> client.getInstances("plain").size() == 1);
		assertThat(client.getInstances("plain").get(0).getInstanceId()).isEqualTo("one");
		assertThat(client.getInstances("plain").get(0).getPort()).isEqualTo(8790);
		assertThat(client.getInstances("plain").get(0).getMetadata()).containsEntry("zone", "east");
	}

	@Test
	void theStatusFollowsReadinessInPlace() {
		try (ConfigurableApplicationContext context = TestApplication.start(ensemble, "followed")) {
			DiscoveryClient client = consumer.getBean(DiscoveryClient.class);
			await().until(() -> client.getInstances("followed").size() == 1);
			List<String> before = nodes("followed");
			AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
			await().until(() -> client.getInstances("followed").isEmpty());
			assertThat(nodes("followed")).isEqualTo(before);
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
			await().until(() -> client.getInstances("followed").size() == 1);
			assertThat(nodes("followed")).isEqualTo(before);
		}
	}

	@Test
	@SuppressWarnings("unchecked")
	void theStatusThatAnOperatorSetsStays() {
		try (ConfigurableApplicationContext context = TestApplication.start(ensemble, "operated")) {
			DiscoveryClient client = consumer.getBean(DiscoveryClient.class);
			await().until(() -> client.getInstances("operated").size() == 1);
			context.getBean(ServiceRegistry.class).setStatus(context.getBean(Registration.class), "OUT_OF_SERVICE");
			await().until(() -> client.getInstances("operated").isEmpty());
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
			await().during(Duration.ofMillis(300)).until(() -> client.getInstances("operated").isEmpty());
		}
	}

	@Test
	void anApplicationWhoseSessionEndsIsRegisteredAgain() throws Exception {
		try (ConfigurableApplicationContext context = TestApplication.start(ensemble, "expired")) {
			await().until(() -> nodes("expired").size() == 1);
			List<String> before = nodes("expired");
			ensemble.closeSession(
					context.getBean(CuratorFramework.class).getZookeeperClient().getZooKeeper().getSessionId());
			await().atMost(Duration.ofSeconds(20))
				.until(() -> nodes("expired").size() == 1 && !nodes("expired").equals(before));
		}
	}

	@Test
	void anApplicationStartsWithoutAnEnsembleAndIsRegisteredWhenThereIsOne() {
		try (LocalEnsemble late = LocalEnsemble.start(1)) {
			late.stop(1);
			try (ConfigurableApplicationContext context = TestApplication.start(late, "early",
					"roster.discovery.startup-wait=100ms")) {
				DiscoveryClient client = context.getBean(DiscoveryClient.class);
				assertThat(client.getInstances("early")).isEmpty();
				late.start(1, false);
				await().atMost(Duration.ofSeconds(20)).until(() -> client.getInstances("early").size() == 1);
			}
		}
	}

	@Test
	void aStoppingApplicationDoesNotWaitForAnEnsembleThatIsAway() {
		try (LocalEnsemble leaving = LocalEnsemble.start(1)) {
			ConfigurableApplicationContext context = TestApplication.start(leaving, "alone",
					"roster.discovery.drain-grace=20s");
			Directory directory = context.getBean(Directory.class);
			await().until(() -> directory.instances("alone").instances().size() == 1);
			leaving.stop(1);
			await().until(() -> directory.instances("alone").stale());
			assertThat(directory.instances("alone").instances()).as("an outage empties no list").hasSize(1);
			assertThat(CompletableFuture.runAsync(context::close)).succeedsWithin(Duration.ofSeconds(30));
		}
	}

	@Test
	void aStoppingApplicationLeavesTheListsBeforeItStopsToAnswer() {
		ConfigurableApplicationContext context = TestApplication.start(ensemble, "leaving",
				"roster.discovery.drain-grace=6s");
		DiscoveryClient client = consumer.getBean(DiscoveryClient.class);
		await().until(() -> client.getInstances("leaving").size() == 1);
		String url = "http://127.0.0.1:" + TestApplication.port(context) + "/port";
		CompletableFuture<Void> closed = CompletableFuture.runAsync(context::close);
		await().until(() -> client.getInstances("leaving").isEmpty() && nodes("leaving").isEmpty());
		assertThat(closed).isNotDone();
		assertThat(RestClient.create(url).get().retrieve().body(String.class)).isEqualTo(TestApplication.port(context));
		closed.join();
	}

	private static List<String> nodes(String service) {
		try {
			return observer.getChildren()
				.forPath("/servers")
				.stream()
				.filter((node) -> node.matches(service + "[0-9]{10}"))
				.toList();
		}
		catch (KeeperException.NoNodeException ex) {
			return List.of();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
