package io.roster.locks.spring;

import java.net.InetAddress;
import java.net.UnknownHostException;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.roster.locks.client.AcquireOptions;
import io.roster.locks.client.LockClient;
import io.roster.locks.client.LockClientBuilder;
import io.roster.locks.client.LostLock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link LockClient}. Each lock that
 * is lost is published as an application event, a {@link LostLock}, on the client's
 * thread for listeners. The client is closed with the application context, after the
 * beans that use it.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "roster.locks.client.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LockClientProperties.class)
public final class LockClientAutoConfiguration {

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	LockClient lockClient(LockClientProperties properties, Environment environment, ApplicationEventPublisher events,
			ObjectProvider<LockClientBuilderCustomizer> customizers) {
		String owner = properties.owner();
		AcquireOptions defaults = AcquireOptions.defaults()
			.withTtl(properties.ttl())
			.withMaxWait(properties.maxWait())
			.withOnDeadlock(properties.onDeadlock());
		LockClientBuilder builder = LockClient.builder()
			.urls(properties.urls())
			.owner((owner != null) ? owner : defaultOwner(environment))
			.bearerToken(properties::token)
			.defaults(properties.renewed() ? defaults : defaults.withoutRenewal())
			.connectTimeout(properties.connectTimeout())
			.answerTimeout(properties.answerTimeout())
			.patience(properties.patience())
			.onLost(events::publishEvent);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	private static String defaultOwner(Environment environment) {
		String application = environment.getProperty("spring.application.name", "application");
		return application + "@" + host() + ":" + ProcessHandle.current().pid();
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			// A machine that does not know its own name has the process id to be known
			// by.
			return "unknown-host";
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	static class HealthConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "lockClientHealthIndicator")
		@ConditionalOnEnabledHealthIndicator("lock-client")
		LockClientHealthIndicator lockClientHealthIndicator(LockClient client) {
			return new LockClientHealthIndicator(client);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		LockClientMetrics lockClientMetrics(ObjectProvider<LockClient> client) {
			return new LockClientMetrics(client);
		}

	}

}
