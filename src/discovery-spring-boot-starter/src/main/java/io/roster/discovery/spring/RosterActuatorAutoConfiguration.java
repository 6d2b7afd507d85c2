package io.roster.discovery.spring;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.discovery.Directory;
import io.roster.discovery.Registrar;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link AutoConfiguration Auto-configuration} that shows how discovery stands: in the
 * application's health, at its Actuator endpoint {@code roster} and as metrics, each
 * where the application has what it takes.
 */
@AutoConfiguration(after = { RosterDiscoveryAutoConfiguration.class, RosterLoadBalancerAutoConfiguration.class })
@ConditionalOnBean({ Directory.class, Coordination.class })
public final class RosterActuatorAutoConfiguration {

	private static Supplier<DiscoveryState> state(Directory directory, Coordination coordination,
			ObjectProvider<Registrar> registrar) {
		Clock clock = Clock.systemUTC();
		return () -> DiscoveryState.of(directory, coordination, registrar.getIfAvailable(), clock);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	static class HealthConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "rosterHealthIndicator")
		@ConditionalOnEnabledHealthIndicator("roster")
		DirectoryHealthIndicator rosterHealthIndicator(Directory directory, Coordination coordination,
				ObjectProvider<Registrar> registrar) {
			return new DirectoryHealthIndicator(state(directory, coordination, registrar));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
	static class EndpointConfiguration {

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnAvailableEndpoint
		RosterEndpoint rosterEndpoint(Directory directory, Coordination coordination,
				ObjectProvider<Registrar> registrar, ObjectProvider<ServiceBalancers> balancers) {
			ServiceBalancers ofThisProcess = balancers.getIfAvailable();
			return new RosterEndpoint(state(directory, coordination, registrar), directory,
					(ofThisProcess != null) ? ofThisProcess::passedOver : (list) -> Map.of());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean(destroyMethod = "close")
		@ConditionalOnMissingBean
		DiscoveryMetrics rosterDiscoveryMetrics(Directory directory, Coordination coordination,
				ObjectProvider<Registrar> registrar,
				@Qualifier(RosterDiscoveryAutoConfiguration.MIRROR) ObjectProvider<Mirror> mirror,
				@Qualifier(RosterDiscoveryAutoConfiguration.CURATOR_MIRROR) ObjectProvider<Mirror> curatorMirror) {
			List<Mirror> mirrors = Stream.concat(mirror.stream(), curatorMirror.stream()).toList();
			return new DiscoveryMetrics(directory, coordination, registrar.getIfAvailable(), mirrors);
		}

		@Bean
		@ConditionalOnMissingBean
		EjectionMeters rosterEjectionMeters(ObjectProvider<MeterRegistry> registries) {
			return new EjectionMeters(registries);
		}

	}

}
