package io.roster.discovery.spring;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.loadbalancer.core.DiscoveryClientServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.NoopServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.cloud.loadbalancer.support.LoadBalancerEnvironmentPropertyUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The beans of one service's load balancer, in the child context that Spring Cloud makes
 * for each service when it is called first. Found by no component scan and no
 * auto-configuration: it is no {@code @Configuration} of the application. Its simple name
 * must differ from that of Spring Cloud's own, which would take its place.
 */
class RosterLoadBalancerClientConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ReactorLoadBalancer<ServiceInstance> rosterLoadBalancer(Environment environment,
			ObjectProvider<ServiceInstanceListSupplier> instances, ServiceBalancers balancers) {
		return new LeastRequestsLoadBalancer(instances, balancers.of(LoadBalancerClientFactory.getName(environment)));
	}

	/**
	 * Spring Cloud's other suppliers ({@code spring.cloud.loadbalancer.configurations})
	 * stand on the {@code DiscoveryClient}, which reads the directory too.
	 */
	@Bean
	@ConditionalOnMissingBean
	@Conditional(OnDefaultSupplier.class)
	ServiceInstanceListSupplier rosterInstanceListSupplier(Environment environment, DirectoryInstances instances,
			ObjectProvider<DiscoveryClient> clients) {
		String service = LoadBalancerClientFactory.getName(environment);
		DiscoveryClient client = clients.getIfAvailable();
		ServiceInstanceListSupplier others = (client != null)
				? new DiscoveryClientServiceInstanceListSupplier(client, environment)
				: new NoopServiceInstanceListSupplier();
		return new DirectoryInstanceListSupplier(service, instances, others);
	}

	static class OnDefaultSupplier implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return LoadBalancerEnvironmentPropertyUtils.equalToOrMissingForClientOrDefault(context.getEnvironment(),
					"configurations", "default");
		}

	}

}
