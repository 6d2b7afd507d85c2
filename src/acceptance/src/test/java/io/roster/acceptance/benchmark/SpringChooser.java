package io.roster.acceptance.benchmark;

import java.util.List;
import java.util.Objects;

import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Spring Cloud LoadBalancer in a Spring Boot application with all its defaults: with
 * Roster's starter where that is on the class path, and plain Spring Cloud ZooKeeper
 * where it is not. It names nothing of Roster.
 */
final class SpringChooser implements Chooser {

	private final ConfigurableApplicationContext context;

	private final ReactiveLoadBalancer<ServiceInstance> balancer;

	private final ServiceInstanceListSupplier instances;

	private SpringChooser(ConfigurableApplicationContext context, String service) {
		this.context = context;
		LoadBalancerClientFactory factory = context.getBean(LoadBalancerClientFactory.class);
		this.balancer = factory.getInstance(service);
		this.instances = factory.getInstance(service, ServiceInstanceListSupplier.class);
	}

	static SpringChooser start(String connectString, String service) {
		return start(connectString, service, RosterProvider.ROOT);
	}

	/** Chooses among the instances below a root. */
	static SpringChooser start(String connectString, String service, String root) {
		return new SpringChooser(application(connectString, "roster.discovery.root=" + root), service);
	}

	/** An application that registers nothing by itself. */
	static ConfigurableApplicationContext application(String connectString, String... properties) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "spring.main.register-shutdown-hook=false",
					"spring.application.name=benchmark", "spring.cloud.zookeeper.discovery.register=false",
					// it recommends another cache, which is no default
					"logging.level.org.springframework.cloud.loadbalancer.config=error",
					"spring.cloud.zookeeper.connect-string=" + connectString)
			.properties(properties)
			.run();
	}

	@Override
	public int choose() {
		Response<ServiceInstance> response = Objects.requireNonNull(Mono.from(this.balancer.choose()).block());
		ServiceInstance chosen = response.getServer();
		return (chosen != null) ? chosen.getPort() : -1;
	}

	@Override
	public boolean lists(int port) {
		return ports().contains(port);
	}

	List<Integer> ports() {
		return Objects.requireNonNull(this.instances.get().next().block())
			.stream()
			.map(ServiceInstance::getPort)
			.toList();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Override
	public String toString() {
		return "Spring Cloud LoadBalancer";
	}

	/** An application as anybody's. */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
