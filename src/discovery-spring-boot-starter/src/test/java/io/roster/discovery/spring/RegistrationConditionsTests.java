package io.roster.discovery.spring;

import io.roster.coordination.Coordination;
import io.roster.discovery.Directory;
import io.roster.discovery.Registrar;
import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.curator.x.discovery.details.JsonInstanceSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.zookeeper.discovery.ZookeeperDiscoveryClient;
import org.springframework.cloud.zookeeper.discovery.ZookeeperInstance;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who registers, where, and over which connection.
 */
class RegistrationConditionsTests {

	private static LocalEnsemble ensemble;

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
	}

	@AfterAll
	static void stop() {
		ensemble.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.cloud.discovery.enabled", "spring.cloud.zookeeper.enabled",
			"spring.cloud.zookeeper.discovery.enabled" })
	void anApplicationWithoutDiscoveryStarts(String property) {
		try (ConfigurableApplicationContext context = TestApplication.start(ensemble, "undiscovered",
				property + "=false")) {
			assertThat(context.getBeansOfType(Registrar.class)).isEmpty();
			assertThat(context.getBeansOfType(Directory.class)).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.cloud.service-registry.auto-registration.enabled",
			"spring.cloud.zookeeper.discovery.register" })
	void anApplicationThatDoesNotRegisterReads(String property) {
		try (ConfigurableApplicationContext provider = TestApplication.start(ensemble, "read");
				ConfigurableApplicationContext context = TestApplication.start(ensemble, "reader",
						property + "=false")) {
			assertReads(context, "read");
		}
	}

	@Test
	void anApplicationWithoutAWebServerReads() {
		SpringApplication application = TestApplication.application(ensemble);
		application.setWebApplicationType(WebApplicationType.NONE);
		try (ConfigurableApplicationContext provider = TestApplication.start(ensemble, "read");
				ConfigurableApplicationContext context = application.run("--spring.application.name=batch")) {
			assertReads(context, "read");
		}
	}

	private static void assertReads(ConfigurableApplicationContext context, String service) {
		DiscoveryClient client = context.getBean(DiscoveryClient.class);
		await().until(() -> client.getInstances(service).size() == 1);
		assertThat(context.getBean(Registrar.class).registrations()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
	void aWebApplicationOfEitherKindRegisters(WebApplicationType type) {
		SpringApplication application = TestApplication.application(ensemble);
		application.setWebApplicationType(type);
		try (ConfigurableApplicationContext context = application.run("--spring.application.name=either")) {
			await().until(() -> context.getBean(DiscoveryClient.class).getInstances("either").size() == 1);
		}
	}

	@Test
	@SuppressWarnings("unchecked")
	void switchedOffItLeavesPlainSpringCloudZookeeperAsItIs() throws Exception {
		try (ConfigurableApplicationContext context = TestApplication.start(ensemble, "plain",
				"roster.discovery.enabled=false")) {
			assertThat(context.getBeansOfType(Registrar.class)).isEmpty();
			assertThat(context.getBeansOfType(ZookeeperDiscoveryClient.class)).hasSize(1);
			assertThat(context.getBean(DiscoveryClient.class).getInstances("plain")).hasSize(1);
			assertThat(context.getBean(ServiceDiscovery.class).queryForInstances("plain")).hasSize(1);
			assertThat(context.getEnvironment().getProperty("spring.cloud.loadbalancer.cache.enabled")).isNull();
		}
	}

	@Test
	void onRequestPlainSpringCloudZookeeperSeesTheApplicationUnderItsOwnId() throws Exception {
		try (ConfigurableApplicationContext context = TestApplication.start(ensemble, "both",
				"roster.discovery.register-in=both", "spring.cloud.zookeeper.discovery.root=/eureka",
				"spring.cloud.zookeeper.discovery.instance-id=bike-1",
				"spring.cloud.zookeeper.discovery.metadata.zone=east",
				"spring.cloud.zookeeper.discovery.uri-spec={scheme}://{address}:{port}/api")) {
			CuratorFramework client = context.getBean(CuratorFramework.class);
			await().until(() -> client.checkExists().forPath("/eureka/both/bike-1") != null);
			await().until(() -> context.getBean(RegisteredInstance.class).id().isPresent());
			byte[] data = client.getData().forPath("/eureka/both/bike-1");
			ServiceInstance<ZookeeperInstance> plain = new JsonInstanceSerializer<>(ZookeeperInstance.class)
				.deserialize(data);
			assertThat(plain.getId()).isEqualTo("bike-1");
			assertThat(plain.buildUriSpec()).isEqualTo("http://127.0.0.1:" + TestApplication.port(context) + "/api");
			assertThat(plain.getPayload().getMetadata()).containsEntry("zone", "east");
			assertThat(client.getData()
				.forPath("/servers/" + context.getBean(RegisteredInstance.class).id().orElseThrow())).isEqualTo(data);
			try (ConfigurableApplicationContext reader = TestApplication.start(ensemble, "plain-reader",
					"roster.discovery.enabled=false", "spring.cloud.zookeeper.discovery.root=/eureka")) {
				assertThat(reader.getBean(DiscoveryClient.class).getInstances("both")).singleElement()
					.satisfies((instance) -> assertThat(instance.getUri()).hasToString(plain.buildUriSpec()));
			}
		}
	}

	@Test
	void configurationFromTheEnsembleSharesTheOneConnection() {
		try (LocalEnsemble own = LocalEnsemble.start(1);
				ConfigurableApplicationContext context = TestApplication.application(own)
					.run("--spring.application.name=configured", "--spring.cloud.zookeeper.config.enabled=true",
							"--spring.config.import=optional:zookeeper:")) {
			await().until(() -> context.getBean(DiscoveryClient.class).getInstances("configured").size() == 1);
			assertThat(context.getBeansOfType(CuratorFramework.class)).containsOnlyKeys("configDataCuratorFramework");
			assertThat(context.getBeansOfType(Coordination.class)).hasSize(1);
			assertThat(own.status().members().get(0).connections()).isEqualTo(1);
		}
	}

}
