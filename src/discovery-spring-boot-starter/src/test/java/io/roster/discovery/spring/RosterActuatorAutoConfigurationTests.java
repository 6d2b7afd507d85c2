package io.roster.discovery.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.roster.discovery.Directory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import org.springframework.cloud.zookeeper.ZookeeperAutoConfiguration;
import org.springframework.cloud.zookeeper.discovery.ZookeeperDiscoveryAutoConfiguration;
import org.springframework.cloud.zookeeper.discovery.dependency.ZookeeperDependenciesAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The conditions of what shows how discovery stands, without an ensemble: nothing listens
 * on port 1.
 */
class RosterActuatorAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withInitializer((context) -> new DefaultsEnvironmentPostProcessor()
			.postProcessEnvironment(context.getEnvironment(), new SpringApplication()))
		.withUserConfiguration(Application.class)
		.withPropertyValues("spring.application.name=bikes", "spring.cloud.zookeeper.connect-string=127.0.0.1:1",
				"roster.discovery.startup-wait=0s", "spring.jmx.enabled=true",
				"management.endpoints.jmx.exposure.include=*");

	/** Those of Roster and what they stand on; the others do not bear missing classes. */
	private final ApplicationContextRunner few = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZookeeperAutoConfiguration.class, CoordinationAutoConfiguration.class,
				RosterDiscoveryAutoConfiguration.class, RosterActuatorAutoConfiguration.class,
				RosterLoadBalancerAutoConfiguration.class, ZookeeperDiscoveryAutoConfiguration.class,
				ZookeeperDependenciesAutoConfiguration.class, UtilAutoConfiguration.class))
		.withPropertyValues("spring.cloud.zookeeper.connect-string=127.0.0.1:1",
				"spring.cloud.zookeeper.block-until-connected-wait=0", "roster.discovery.startup-wait=0s",
				"spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=*");

	@Test
	void healthEndpointAndMetricsAreThere() {
		this.runner.run(
				(context) -> assertThat(context).hasBean("rosterHealthIndicator")
					.hasSingleBean(RosterEndpoint.class)
					.hasSingleBean(DiscoveryMetrics.class)
					.hasSingleBean(MeterRegistry.class)
					.satisfies((each) -> assertThat(
							each.getBean(MeterRegistry.class).get("roster.discovery.connected").gauge().value())
						.isZero()));
	}

	@Test
	void beforeTheFirstConnectionTheTruthIsTold() {
		this.runner.run((context) -> {
			Health health = context.getBean(DirectoryHealthIndicator.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(health.getDetails()).containsEntry("connected", false)
				.containsEntry("loaded", false)
				.containsEntry("stale", true)
				.doesNotContainKey("staleSince")
				.containsEntry("services", 0)
				.containsKeys("ageMs", "registrations");
			RosterEndpoint.Overview overview = context.getBean(RosterEndpoint.class).overview();
			assertThat(overview.loaded()).isFalse();
			assertThat(overview.connection().connected()).isFalse();
			assertThat(overview.connection().epoch()).isEqualTo(-1);
			assertThat(context.getBean(RosterEndpoint.class).service("nobody")).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.health.roster.enabled=false", "management.health.defaults.enabled=false" })
	void healthCanBeSwitchedOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).doesNotHaveBean("rosterHealthIndicator")
				.hasSingleBean(RosterEndpoint.class)
				.hasSingleBean(DiscoveryMetrics.class));
	}

	@Test
	void aHealthIndicatorOfTheApplicationWins() {
		this.runner.withUserConfiguration(OwnHealth.class)
			.run((context) -> assertThat(context).hasBean("rosterHealthIndicator")
				.doesNotHaveBean(DirectoryHealthIndicator.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.endpoint.roster.access=NONE", "management.endpoints.access.default=NONE",
			"management.endpoints.jmx.exposure.exclude=roster" })
	void theEndpointFollowsBootsAccessAndExposure(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).doesNotHaveBean(RosterEndpoint.class)
				.hasBean("rosterHealthIndicator"));
	}

	@Test
	void theEndpointIsNotExposedOverHttpUnlessTheApplicationSaysSo() {
		new WebApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues("spring.cloud.zookeeper.connect-string=127.0.0.1:1",
					"spring.cloud.service-registry.auto-registration.enabled=false",
					"spring.cloud.zookeeper.block-until-connected-wait=0", "roster.discovery.startup-wait=0s")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RosterEndpoint.class));
	}

	@Test
	void aReactiveApplicationHasThemToo() {
		new ReactiveWebApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues("spring.cloud.zookeeper.connect-string=127.0.0.1:1",
					"spring.cloud.service-registry.auto-registration.enabled=false",
					"spring.cloud.zookeeper.block-until-connected-wait=0", "roster.discovery.startup-wait=0s",
					"management.endpoints.web.exposure.include=roster")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(RosterEndpoint.class)
				.hasBean("rosterHealthIndicator"));
	}

	@Test
	void worksWithoutHealth() {
		this.few.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("rosterHealthIndicator")
				.hasSingleBean(RosterEndpoint.class)
				.hasSingleBean(DiscoveryMetrics.class));
	}

	@Test
	void worksWithoutActuator() {
		this.few
			.withClassLoader(
					new FilteredClassLoader("org.springframework.boot.actuate", "org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Directory.class)
				.doesNotHaveBean("rosterEndpoint")
				.doesNotHaveBean("rosterHealthIndicator")
				.hasSingleBean(DiscoveryMetrics.class));
	}

	@Test
	void worksWithoutMicrometer() {
		this.few.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(RosterEndpoint.class)
				.hasBean("rosterHealthIndicator")
				.doesNotHaveBean("rosterDiscoveryMetrics"));
	}

	@Test
	void worksWithoutTheLoadBalancer() {
		this.few.withClassLoader(new FilteredClassLoader("org.springframework.cloud.loadbalancer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(RosterDiscoveryClient.class)
				.doesNotHaveBean("rosterServiceBalancers")
				.hasSingleBean(RosterEndpoint.class));
	}

	@Test
	void worksWithoutWebClient() {
		this.few.withClassLoader(new FilteredClassLoader("org.springframework.web.reactive"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(RosterDiscoveryClient.class)
				.hasSingleBean(RosterEndpoint.class));
	}

	@Test
	void worksWithTheLoadBalancerSwitchedOff() {
		this.runner.withPropertyValues("spring.cloud.loadbalancer.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(RosterDiscoveryClient.class)
				.hasSingleBean(RosterEndpoint.class));
	}

	@Test
	void withoutDiscoveryThereIsNothingToShow() {
		this.runner
			.withPropertyValues("roster.discovery.enabled=false",
					"spring.cloud.service-registry.auto-registration.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("rosterHealthIndicator")
				.doesNotHaveBean(RosterEndpoint.class)
				.doesNotHaveBean(DiscoveryMetrics.class));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		SimpleMeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnHealth {

		@Bean
		HealthIndicator rosterHealthIndicator() {
			return () -> Health.up().build();
		}

	}

}
