package io.roster.discovery.spring;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.BlockingLoadBalancerInterceptor;
import org.springframework.cloud.client.loadbalancer.RestTemplateCustomizer;
import org.springframework.cloud.client.loadbalancer.reactive.LoadBalancedExchangeFilterFunction;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.client.loadbalancer.reactive.ReactorLoadBalancerExchangeFilterFunction;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClient;
import org.springframework.cloud.loadbalancer.core.RandomLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.cloud.zookeeper.discovery.ZookeeperDiscoveryProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The load balancer's conditions, without an ensemble: nothing listens on port 1. Spring
 * Retry is there unless it is hidden.
 */
class RosterLoadBalancerAutoConfigurationTests {

	private static final FilteredClassLoader WITHOUT_RETRY = new FilteredClassLoader("org.springframework.retry");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withInitializer((context) -> new DefaultsEnvironmentPostProcessor()
			.postProcessEnvironment(context.getEnvironment(), new SpringApplication()))
		.withUserConfiguration(Application.class)
		.withPropertyValues("spring.application.name=bikes", "spring.cloud.zookeeper.connect-string=127.0.0.1:1",
				"roster.discovery.startup-wait=0s");

	@Test
	void readsTheDirectoryAndChoosesByLeastRequests() {
		// the service's own context is not made with the class loader of this test
		String unwrapped = "spring.cloud.loadbalancer.retry.avoid-previous-instance=false";
		this.runner.withClassLoader(WITHOUT_RETRY).withPropertyValues(unwrapped).run((context) -> {
			LoadBalancerClientFactory factory = context.getBean(LoadBalancerClientFactory.class);
			assertThat(factory.getInstance("bikes")).isInstanceOf(LeastRequestsLoadBalancer.class);
			assertThat(factory.getInstance("bikes", ServiceInstanceListSupplier.class))
				.isInstanceOf(DirectoryInstanceListSupplier.class);
			assertThatOnlyRosterFailsOver(context);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.cloud.loadbalancer.retry.enabled=true",
			"spring.cloud.loadbalancer.retry.enabled=false", "unset=true" })
	void springCloudsOwnRetriesAreNotBesideIt(String property) {
		this.runner.withPropertyValues(property)
			.run(RosterLoadBalancerAutoConfigurationTests::assertThatOnlyRosterFailsOver);
	}

	@Test
	void failoverCanBeSwitchedOff() {
		for (String retry : new String[] { "true", "false" }) {
			this.runner
				.withPropertyValues("roster.discovery.failover.enabled=false",
						"spring.cloud.loadbalancer.retry.enabled=" + retry)
				.run((context) -> assertThat(context).hasNotFailed()
					.doesNotHaveBean(FailoverInterceptor.class)
					.doesNotHaveBean(FailoverExchangeFilter.class)
					.hasSingleBean(BlockingLoadBalancerInterceptor.class)
					.hasSingleBean(LoadBalancedExchangeFilterFunction.class)
					.hasSingleBean(ServiceBalancers.class));
		}
	}

	@Test
	void theSwitchOfSpringCloudTurnsItOff() {
		this.runner.withPropertyValues("spring.cloud.loadbalancer.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(RosterDiscoveryClient.class)
				.doesNotHaveBean(ServiceBalancers.class)
				.doesNotHaveBean(FailoverInterceptor.class)
				.doesNotHaveBean(FailoverExchangeFilter.class));
	}

	@Test
	void worksWithoutWebClient() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.web.reactive"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(FailoverInterceptor.class)
				.doesNotHaveBean("rosterFailoverExchangeFilter"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "default", "zone-preference", "health-check", "request-based-sticky-session",
			"same-instance-preference", "weighted", "subset" })
	void everyConfigurationOfSpringCloudReadsTheDirectoryAndIsBalanced(String configuration) {
		this.runner.withPropertyValues("spring.cloud.loadbalancer.configurations=" + configuration).run((context) -> {
			LoadBalancerClientFactory factory = context.getBean(LoadBalancerClientFactory.class);
			assertThat(factory.getInstance("bikes")).isInstanceOf(LeastRequestsLoadBalancer.class);
			assertThat(factory.getInstances("bikes", ServiceInstanceListSupplier.class)).isNotEmpty();
		});
	}

	@Test
	void theZoneIsSaidOnce() {
		this.runner.run((context) -> assertThat(metadata(context)).isEmpty());
		this.runner.withPropertyValues("spring.cloud.loadbalancer.zone=north")
			.run((context) -> assertThat(metadata(context)).containsExactly("zone=north"));
		this.runner.withPropertyValues("spring.cloud.zookeeper.discovery.metadata.zone=south")
			.run((context) -> assertThat(context.getBean(OwnZone.class).zone()).isEqualTo("south"));
		this.runner
			.withPropertyValues("spring.cloud.loadbalancer.zone=north",
					"spring.cloud.zookeeper.discovery.metadata.zone=south")
			.run((context) -> {
				assertThat(metadata(context)).containsExactly("zone=south");
				assertThat(context.getBean(OwnZone.class).zone()).isEqualTo("north");
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

	private static void assertThatOnlyRosterFailsOver(ApplicationContext context) {
		assertThat(context.getBeanProvider(BlockingLoadBalancerInterceptor.class).getIfAvailable())
			.isInstanceOf(FailoverInterceptor.class);
		assertThat(context.getBeanProvider(LoadBalancedExchangeFilterFunction.class).getIfAvailable())
			.isInstanceOf(FailoverExchangeFilter.class);
		assertThat(context.getBeanProvider(ReactorLoadBalancerExchangeFilterFunction.class).getIfAvailable())
			.isInstanceOf(FailoverExchangeFilter.class);
		RestTemplate restTemplate = new RestTemplate();
		context.getBeanProvider(RestTemplateCustomizer.class).forEach((each) -> each.customize(restTemplate));
		assertThat(restTemplate.getInterceptors()).hasOnlyElementsOfType(FailoverInterceptor.class).hasSize(1);
	}

	private static List<String> metadata(ApplicationContext context) {
		return context.getBean(ZookeeperDiscoveryProperties.class)
			.getMetadata()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().equals("zone"))
			.map(Object::toString)
			.toList();
	}

	/** With what the health checks of Spring Cloud ask with. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		WebClient.Builder plainWebClientBuilder() {
			return WebClient.builder();
		}

		@Bean
		RestClient plainRestClient() {
			return RestClient.create();
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
