package io.roster.discovery.spring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.roster.discovery.balance.EjectionListener;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerRequestFactory;
import org.springframework.cloud.client.loadbalancer.RestTemplateCustomizer;
import org.springframework.cloud.client.loadbalancer.reactive.LoadBalancerClientRequestTransformer;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * {@link AutoConfiguration Auto-configuration} that makes Spring Cloud LoadBalancer read
 * the directory and choose by least requests, for every service that has no configuration
 * of its own.
 * <p>
 * Roster's failover stands in the place of Spring Cloud's own retries, also where Spring
 * Retry is there or {@code spring.cloud.loadbalancer.retry.enabled} is set: those would
 * repeat what has timed out, and a {@code POST}. With
 * {@code roster.discovery.failover.enabled=false} they are back.
 */
@AutoConfiguration(after = RosterDiscoveryAutoConfiguration.class,
		beforeName = { "org.springframework.cloud.client.loadbalancer.LoadBalancerAutoConfiguration",
				"org.springframework.cloud.client.loadbalancer.reactive.ReactorLoadBalancerClientAutoConfiguration" },
		afterName = { "org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration",
				"org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration" })
@ConditionalOnBean({ DirectoryInstances.class, ReactiveLoadBalancer.Factory.class })
@LoadBalancerClients(defaultConfiguration = RosterLoadBalancerClientConfiguration.class)
public final class RosterLoadBalancerAutoConfiguration {

	@Bean
	ServiceBalancers rosterServiceBalancers(Environment environment,
			ObjectProvider<EjectionListener<ServiceInstance>> listeners) {
		return new ServiceBalancers(new OwnZone(environment).zone(), new Ejections(listeners));
	}

	@Bean
	InFlightRequests rosterInFlightRequests(ServiceBalancers balancers) {
		return new InFlightRequests(balancers);
	}

	@Bean
	static OwnZone rosterOwnZone(Environment environment) {
		return new OwnZone(environment);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ClientHttpRequestInterceptor.class)
	@ConditionalOnBean(LoadBalancerClient.class)
	@ConditionalOnProperty(name = "roster.discovery.failover.enabled", matchIfMissing = true)
	static class FailoverConfiguration {

		@Bean
		@Primary
		FailoverInterceptor rosterFailoverInterceptor(LoadBalancerClient client,
				LoadBalancerRequestFactory requestFactory, RosterDiscoveryProperties properties) {
			return new FailoverInterceptor(client, requestFactory, properties.failover().maxAttempts());
		}

		/** Spring Cloud's own adds the interceptor of Spring Retry, if that is there. */
		@Bean
		@ConditionalOnMissingBean
		RestTemplateCustomizer rosterRestTemplateCustomizer(FailoverInterceptor interceptor) {
			return (restTemplate) -> {
				List<ClientHttpRequestInterceptor> interceptors = new ArrayList<>(restTemplate.getInterceptors());
				interceptors.add(interceptor);
				restTemplate.setInterceptors(interceptors);
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebClient.class)
	@ConditionalOnProperty(name = "roster.discovery.failover.enabled", matchIfMissing = true)
	static class ReactiveFailoverConfiguration {

		@Bean
		@Primary
		FailoverExchangeFilter rosterFailoverExchangeFilter(ReactiveLoadBalancer.Factory<ServiceInstance> loadBalancers,
				ObjectProvider<List<LoadBalancerClientRequestTransformer>> transformers,
				RosterDiscoveryProperties properties) {
			return new FailoverExchangeFilter(loadBalancers, transformers.getIfAvailable(Collections::emptyList),
					properties.failover().maxAttempts());
		}

	}

}
