package io.roster.locks.spring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.roster.locks.client.LockClient;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link LeaderElections} that the
 * properties name.
 */
@AutoConfiguration(after = LockClientAutoConfiguration.class)
@ConditionalOnBean(LockClient.class)
@EnableConfigurationProperties(LeaderElectionProperties.class)
public final class LeaderElectionAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LeaderElections leaderElections(LockClient client, LeaderElectionProperties properties,
			ApplicationEventPublisher events) {
		return new LeaderElections(client, properties.locks(), properties.ttl(), events);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		MeterBinder leaderElectionMetrics(LeaderElections elections) {
			return (registry) -> elections.locks()
				.forEach((lock) -> Gauge
					.builder("roster.locks.client.leader", elections, (all) -> all.isLeader(lock) ? 1 : 0)
					.description("1 while this process leads")
					.tag("lock", lock)
					.register(registry));
		}

	}

}
