package io.roster.discovery.spring;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Coordination;
import io.roster.coordination.CoordinationOptions;
import io.roster.coordination.DigestCredentials;
import io.roster.coordination.ZnodeAccess;
import io.roster.coordination.ZnodeGrant;
import io.roster.coordination.spring.ZookeeperAccessAutoConfiguration;
import io.roster.coordination.spring.ZookeeperAccessProperties;
import io.roster.discovery.Registrar;
import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.ZooDefs.Ids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Applications on an ensemble that is closed to strangers. */
class CredentialsTests {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static final DigestCredentials ROSTER = new DigestCredentials("roster", UUID.randomUUID().toString());

	private static final DigestCredentials APPS = new DigestCredentials("apps", UUID.randomUUID().toString());

	private static final ApplicationContextRunner RUNNER = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZookeeperAccessAutoConfiguration.class))
		.withPropertyValues("roster.zookeeper.username=apps", "roster.zookeeper.password=secret-one");

	private static LocalEnsemble ensemble;

	private static Coordination roster;

	@BeforeAll
	static void close() throws Exception {
		ensemble = LocalEnsemble.start(1);
		roster = Coordination.connect(ensemble.connectString(), BOUND,
				CoordinationOptions.defaults().withAccess(new ZnodeAccess(List.of(ROSTER), List.of(APPS), List.of())));
		roster.ensurePath("/servers").get(30, TimeUnit.SECONDS);
		roster.ensurePath("/services").get(30, TimeUnit.SECONDS);
		CuratorFramework client = roster.client();
		for (String path : List.of("/config", "/config/configured", "/config/configured/ride.price")) {
			client.create()
				.withACL(roster.access().acl(ZnodeGrant.READABLE))
				.forPath(path, "2.75".getBytes(StandardCharsets.UTF_8));
		}
		client.setACL().withACL(roster.access().acl(ZnodeGrant.READABLE)).forPath("/");
	}

	@AfterAll
	static void stop() {
		roster.close();
		ensemble.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "roster.discovery.register-in=both", "spring.config.import=zookeeper:" })
	void anApplicationRegistersReadsAndIsRegisteredAgain(String property) throws Exception {
		boolean imported = property.contains("import");
		try (ConfigurableApplicationContext context = start("configured", property,
				"spring.cloud.zookeeper.config.enabled=" + imported)) {
			DiscoveryClient instances = context.getBean(DiscoveryClient.class);
			await().atMost(BOUND).until(() -> instances.getInstances("configured").size() == 1);
			assertThat(context.getEnvironment().getProperty("ride.price")).isEqualTo(imported ? "2.75" : null);
			CuratorFramework client = context.getBean(CuratorFramework.class);
			Coordination coordination = context.getBean(Coordination.class);
			Registrar registrar = context.getBean(Registrar.class);
			// the mirror may show the node before the registrar has the answer
			await().atMost(BOUND).until(() -> registrar.registered() == 1);
			String node = registrar.registrations().get(0).registeredAs().orElseThrow();
			assertThat(roster.client().getACL().forPath("/servers/" + node))
				.isEqualTo(ZnodeAccess.as(APPS).acl(ZnodeGrant.SHARED));
			ensemble.closeSession(coordination.sessionId().orElseThrow());
			await().atMost(BOUND)
				.until(() -> registrar.registrations()
					.get(0)
					.registeredAs()
					.filter((now) -> !now.equals(node))
					.isPresent());
			client.create().forPath("/servers/of-a-recipe" + UUID.randomUUID(), new byte[0]);
			assertThat(roster.client().getChildren().forPath("/servers"))
				.allSatisfy((name) -> assertThat(roster.client().getACL().forPath("/servers/" + name))
					.doesNotContainAnyElementsOf(Ids.OPEN_ACL_UNSAFE));
		}
	}

	@Test
	void aWrongPasswordIsToldInTheHealthAndTheApplicationStarts() {
		try (ConfigurableApplicationContext context = application().run("--spring.application.name=wrong",
				"--roster.zookeeper.username=apps", "--roster.zookeeper.password=wrong-one")) {
			HealthIndicator indicator = context.getBean("rosterHealthIndicator", HealthIndicator.class);
			await().atMost(BOUND).until(() -> refusal(indicator).contains("'apps'"));
			assertThat(indicator.health()).isNotNull().extracting(Health::getStatus).isEqualTo(Status.UNKNOWN);
			assertThat(refusal(indicator)).contains("/servers", "NoAuth").doesNotContain("wrong-one");
		}
	}

	@Test
	void passwordsAreMaskedWhereverTheyAreShown() {
		RUNNER.run((context) -> {
			SanitizingFunction masks = context.getBean(SanitizingFunction.class);
			for (String key : List.of("roster.zookeeper.password", "ROSTER_ZOOKEEPER_PASSWORD",
					"roster.zookeeper.clients[0].password", "ROSTER_ZOOKEEPER_CLIENTS_0_PASSWORD")) {
				assertThat(masks.apply(new SanitizableData(null, key, "secret")).getValue()).as(key)
					.isEqualTo(SanitizableData.SANITIZED_VALUE);
			}
			assertThat(masks.apply(new SanitizableData(null, "roster.zookeeper.username", "apps")).getValue())
				.isEqualTo("apps");
			assertThat(context.getBean(ZookeeperAccessProperties.class).toString()).contains("apps")
				.doesNotContain("secret-one");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "roster.zookeeper.password=", "roster.zookeeper.acl=world:everybody",
			"roster.zookeeper.username=a:b", "roster.zookeeper.username=" })
	void halfOfTheCredentialsRefuseTheStart(String property) {
		RUNNER.withPropertyValues(property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageMatching("(?s).*(password|ACL entry|colon|roster\\.zookeeper).*")
				.hasMessageNotContaining("secret-one"));
	}

	private static String refusal(HealthIndicator indicator) {
		Health health = indicator.health();
		return (health != null) ? String.valueOf(health.getDetails().get("refusal")) : "";
	}

	private static ConfigurableApplicationContext start(String name, String... more) {
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("spring.application.name", name);
		properties.put("roster.zookeeper.username", APPS.username());
		properties.put("roster.zookeeper.password", APPS.password());
		for (String each : more) {
			properties.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
		}
		return application().run(properties.entrySet()
			.stream()
			.map((entry) -> "--" + entry.getKey() + "=" + entry.getValue())
			.toArray(String[]::new));
	}

	private static SpringApplication application() {
		return TestApplication.application(ensemble);
	}

}
