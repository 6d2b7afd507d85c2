package io.roster.discovery.spring;

import io.roster.coordination.Coordination;
import io.roster.discovery.Directory;
import io.roster.discovery.Registrar;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.client.loadbalancer.BlockingLoadBalancerInterceptor;
import org.springframework.cloud.client.loadbalancer.RestTemplateCustomizer;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClient;
import org.springframework.cloud.loadbalancer.core.RandomLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.cloud.zookeeper.ZookeeperHealthIndicator;
import org.springframework.cloud.zookeeper.discovery.ZookeeperServiceWatch;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestTemplate;
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

	@Test
	void theLoadBalancerReadsTheDirectoryAndChoosesByLeastRequests() {
		this.runner.run((context) -> {
			LoadBalancerClientFactory factory = context.getBean(LoadBalancerClientFactory.class);
			assertThat(factory.getInstance("bikes")).isInstanceOf(LeastRequestsLoadBalancer.class);
			assertThat(factory.getInstance("bikes", ServiceInstanceListSupplier.class))
				.isInstanceOf(DirectoryInstanceListSupplier.class);
			assertThat(context.getBean(BlockingLoadBalancerInterceptor.class)).isInstanceOf(FailoverInterceptor.class);
			RestTemplate restTemplate = new RestTemplate();
			context.getBean(RestTemplateCustomizer.class).customize(restTemplate);
			assertThat(restTemplate.getInterceptors()).hasOnlyElementsOfType(FailoverInterceptor.class).hasSize(1);
		});
	}

	@Test
	void aServiceMayHaveALoadBalancerOfItsOwn() {
		this.runner.withUserConfiguration(OwnLoadBalancer.class)
			.withPropertyValues("spring.cloud.loadbalancer.clients.zoned.configurations=zone-preference")
			.run((context) -> {
				LoadBalancerClientFactory factory = context.getBean(LoadBalancerClientFactory.class);
				assertThat(factory.getInstance("own")).isInstanceOf(RandomLoadBalancer.class);
				assertThat(factory.getInstance("zoned")).isInstanceOf(LeastRequestsLoadBalancer.class);
				assertThat(factory.getInstance("zoned", ServiceInstanceListSupplier.class))
					.isNotInstanceOf(DirectoryInstanceListSupplier.class);
			});
	}

	@Test
	void failoverCanBeSwitchedOff() {
		this.runner.withPropertyValues("roster.discovery.failover.enabled=false")
			.run((context) -> assertThat(context.getBean(BlockingLoadBalancerInterceptor.class))
				.isNotInstanceOf(FailoverInterceptor.class));
	}

	@Test
	void aServiceThatOnlyAnotherClientKnowsIsBalancedToo() {
		this.runner
			.withPropertyValues("spring.cloud.discovery.client.simple.instances.legacy[0].uri=http://127.0.0.1:4711")
			.run((context) -> {
				ReactiveLoadBalancer<?> balancer = context.getBean(LoadBalancerClientFactory.class)
					.getInstance("legacy");
				assertThat(Mono.from(balancer.choose()).block()).isNotNull()
					.satisfies((response) -> assertThat(response.hasServer()).isTrue());
			});
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

	@Configuration(proxyBeanMethods = false)
	@LoadBalancerClient(name = "own", configuration = RandomChoice.class)
	static class OwnLoadBalancer {

	}

	static class RandomChoice {

		@Bean
		ReactorLoadBalancer<ServiceInstance> randomLoadBalancer(Environment environment,
				LoadBalancerClientFactory factory) {
			String name = LoadBalancerClientFactory.getName(environment);
			return new RandomLoadBalancer(factory.getLazyProvider(name, ServiceInstanceListSupplier.class), name);
		}

	}

}
