package io.roster.discovery.spring;

import io.roster.coordination.Coordination;
import io.roster.discovery.Directory;
import io.roster.discovery.Registrar;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.zookeeper.ZookeeperHealthIndicator;
import org.springframework.cloud.zookeeper.discovery.ZookeeperServiceWatch;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The conditions, without an ensemble: nothing listens on port 1.
 */
class RosterDiscoveryAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withInitializer((context) -> new DefaultsEnvironmentPostProcessor()
			.postProcessEnvironment(context.getEnvironment(), new SpringApplication()))
		.withUserConfiguration(Application.class)
		.withPropertyValues("spring.application.name=bikes", "spring.cloud.zookeeper.connect-string=127.0.0.1:1",
				"roster.discovery.startup-wait=0s");

	@Test
	void standsBehindSpringCloud() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(Coordination.class)
				.hasSingleBean(Directory.class)
				.hasSingleBean(Registrar.class)
				.hasSingleBean(RegisteredInstance.class)
				.hasSingleBean(RosterDiscoveryClient.class)
				.hasSingleBean(RosterReactiveDiscoveryClient.class)
				.hasSingleBean(DirectoryHeartbeat.class)
				.doesNotHaveBean(ZookeeperServiceWatch.class)
				.doesNotHaveBean(ZookeeperHealthIndicator.class);
			assertThat(context.getBean(ServiceDiscovery.class)).isInstanceOf(RosterServiceDiscovery.class);
			assertThat(context.getBean(RosterDiscoveryProperties.class).root()).isEqualTo("/servers");
			assertThat(context.getBean(RegisteredInstance.class).id()).isEmpty();
		});
	}

	@Test
	void anOutageIsUnknownHealthAndNotDown() {
		this.runner.run((context) -> {
			assertThat(context.getBean(DirectoryHealthIndicator.class).health().getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(context.getBean(DirectoryHealthIndicator.class).health().getDetails()).containsEntry("stale",
					true);
		});
	}

	@Test
	void eachSwitchTurnsItOff() {
		for (String property : new String[] { "spring.cloud.zookeeper.enabled",
				"spring.cloud.zookeeper.discovery.enabled", "spring.cloud.discovery.enabled" }) {
			this.runner.withPropertyValues(property + "=false")
				.run((context) -> assertThat(context).hasNotFailed()
					.doesNotHaveBean(Directory.class)
					.doesNotHaveBean(RosterDiscoveryClient.class)
					.doesNotHaveBean(ServiceBalancers.class));
		}
	}

	@Test
	void itsOwnSwitchLeavesPlainSpringCloudZookeeper() {
		this.runner.withPropertyValues("roster.discovery.enabled=false", "spring.cloud.service-registry.enabled=false")
			.withPropertyValues("spring.cloud.service-registry.auto-registration.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(Directory.class)
				.hasSingleBean(Coordination.class)
				.hasBean("zookeeperDiscoveryClient"));
	}

	@Test
	void readsCuratorsLayoutWhereSomebodyNeedsIt() {
		String mirror = RosterDiscoveryAutoConfiguration.CURATOR_MIRROR;
		this.runner.run((context) -> assertThat(context).hasBean(mirror));
		ApplicationContextRunner registering = this.runner.withPropertyValues("roster.discovery.follow=false");
		for (ApplicationContextRunner each : new ApplicationContextRunner[] { registering,
				this.runner.withPropertyValues("roster.discovery.curator-layout=false") }) {
			each.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(mirror));
			each.withPropertyValues("roster.discovery.register-in=both")
				.run((context) -> assertThat(context).hasBean(mirror));
		}
	}

	@Test
	void beansOfTheApplicationWin() {
		this.runner.withUserConfiguration(OwnCoordination.class)
			.run((context) -> assertThat(context).hasSingleBean(Coordination.class).hasBean("ownCoordination"));
	}

	@Test
	void worksWithoutActuatorWebClientAndRestClient() {
		this.runner.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("rosterHealthIndicator"));
		this.runner.withClassLoader(new FilteredClassLoader(WebClient.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(RosterDiscoveryClient.class)
				.doesNotHaveBean(ReactiveDiscoveryClient.class));
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.web"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(RosterDiscoveryClient.class));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnCoordination {

		@Bean
		Coordination ownCoordination(CuratorFramework client) {
			return Coordination.over(client);
		}

	}

}
