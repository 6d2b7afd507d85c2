package io.roster.discovery.spring;

import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * Other defaults for properties that are not Roster's own. They are the last to be asked:
 * whatever an application sets anywhere wins.
 */
final class DefaultsEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final Map<String, Object> DEFAULTS = Map.of(
			// 60 s would keep a dead instance in the lists for a minute
			"spring.cloud.zookeeper.session-timeout", "10s",
			// a longer one than the session's makes Curator warn at each start
			"spring.cloud.zookeeper.connection-timeout", "${spring.cloud.zookeeper.session-timeout}",
			// an application starts without an ensemble; roster.discovery.startup-wait
			// waits instead
			"spring.cloud.zookeeper.block-until-connected-wait", "0",
			// its auto-registration fails to start without the discovery that it
			// registers with
			"spring.cloud.service-registry.auto-registration.enabled", "${spring.cloud.discovery.enabled:true}",
			// a stack trace at each pushed change for each bean of properties that is a
			// record, which is as it should be
			"logging.level.org.springframework.cloud.context.properties.ConfigurationPropertiesRebinder", "error",
			// a line or a stack trace for each try; what counts is logged once by Roster
			"logging.level.org.apache.zookeeper.ClientCnxn", "error",
			"logging.level.org.apache.curator.retry.ExponentialBackoffRetry", "error");

	/** Where Roster stands behind Spring Cloud's discovery. */
	static final Map<String, Object> OF_DISCOVERY = Map.of(
			// its suppliers would compete with those that read the directory
			"spring.cloud.zookeeper.loadbalancer.enabled", "false",
			// the directory is in memory, and is newer than any cache of it
			"spring.cloud.loadbalancer.cache.enabled", "false",
			// it blocks and says DOWN in an outage that the application survives; the
			// indicator "roster" says how old the lists are
			"management.health.zookeeper.enabled", "false");

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Map<String, Object> defaults = new HashMap<>(DEFAULTS);
		defaults.putAll(OF_DISCOVERY);
		PropertySource<?> own = environment.getPropertySources().get(DefaultPropertiesPropertySource.NAME);
		if (own != null) {
			defaults.keySet().removeIf(own::containsProperty);
		}
		DefaultPropertiesPropertySource.addOrMerge(defaults, environment.getPropertySources());
	}

	/**
	 * Before the configuration files, because {@code spring.config.import=zookeeper:}
	 * connects while they are read.
	 */
	@Override
	public int getOrder() {
		return ConfigDataEnvironmentPostProcessor.ORDER - 1;
	}

}
