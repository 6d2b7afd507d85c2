package io.roster.discovery.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerRequestFactory;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.http.client.ClientHttpRequestInterceptor;

/**
 * {@link AutoConfiguration Auto-configuration} that makes Spring Cloud LoadBalancer read
 * the directory and choose by least requests, for every service that has no configuration
 * of its own.
 */
@AutoConfiguration(after = RosterDiscoveryAutoConfiguration.class,
		beforeName = "org.springframework.cloud.client.loadbalancer.LoadBalancerAutoConfiguration",
		afterName = { "org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration",
				"org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration" })
@ConditionalOnBean({ DirectoryInstances.class, ReactiveLoadBalancer.Factory.class })
@LoadBalancerClients(defaultConfiguration = RosterLoadBalancerClientConfiguration.class)
public final class RosterLoadBalancerAutoConfiguration {

	@Bean
	ServiceBalancers rosterServiceBalancers() {
		return new ServiceBalancers();
	}

	@Bean
	InFlightRequests rosterInFlightRequests(ServiceBalancers balancers) {
		return new InFlightRequests(balancers);
	}

	/**
	 * Where Spring Retry is there, Spring Cloud's own interceptor retries, as its
	 * properties say.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ClientHttpRequestInterceptor.class)
	@ConditionalOnMissingClass("org.springframework.retry.support.RetryTemplate")
	@ConditionalOnBean(LoadBalancerClient.class)
	@ConditionalOnProperty(name = "roster.discovery.failover.enabled", matchIfMissing = true)
	static class FailoverConfiguration {

		@Bean
		@Primary
		FailoverInterceptor rosterFailoverInterceptor(LoadBalancerClient client,
				LoadBalancerRequestFactory requestFactory, RosterDiscoveryProperties properties) {
			return new FailoverInterceptor(client, requestFactory, properties.failover().maxAttempts());
		}

	}

}
