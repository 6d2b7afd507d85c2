package io.roster.discovery.spring;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Takes back those defaults that are right only where Roster stands behind Spring Cloud,
 * in an application that has {@code roster.discovery.enabled=false}: plain Spring Cloud
 * ZooKeeper needs its cache.
 */
final class PlainEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		PropertySource<?> defaults = environment.getPropertySources().get(DefaultPropertiesPropertySource.NAME);
		boolean enabled = environment.getProperty("roster.discovery.enabled", Boolean.class, true);
		if (!enabled && defaults instanceof MapPropertySource source) {
			DefaultsEnvironmentPostProcessor.OF_DISCOVERY.forEach(source.getSource()::remove);
		}
	}

	/** After the configuration files, which may say that it is off. */
	@Override
	public int getOrder() {
		return ConfigDataEnvironmentPostProcessor.ORDER + 1;
	}

}
