package io.roster.discovery.spring;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class DefaultsEnvironmentPostProcessorTests {

	private static final String SESSION_TIMEOUT = "spring.cloud.zookeeper.session-timeout";

	private final ConfigurableEnvironment environment = new StandardEnvironment();

	@Test
	void theDefaultsAreThere() {
		process();
		assertThat(this.environment.getProperty(SESSION_TIMEOUT)).isEqualTo("10s");
	}

	@Test
	void whatTheApplicationSetsWins() {
		set("defaultProperties", SESSION_TIMEOUT, "20s");
		process();
		assertThat(this.environment.getProperty(SESSION_TIMEOUT)).isEqualTo("20s");
		assertThat(this.environment.getProperty("spring.cloud.loadbalancer.cache.enabled")).isEqualTo("false");
		set("file", SESSION_TIMEOUT, "30s");
		assertThat(this.environment.getProperty(SESSION_TIMEOUT)).isEqualTo("30s");
	}

	@Test
	void aConfigurationFileWinsInARealStart() {
		SpringApplication application = new SpringApplicationBuilder(Object.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off")
			.application();
		try (ConfigurableApplicationContext context = application
			.run("--spring.config.location=classpath:/defaults/")) {
			assertThat(context.getEnvironment().getProperty(SESSION_TIMEOUT)).isEqualTo("40s");
			assertThat(context.getEnvironment().getProperty("spring.cloud.zookeeper.connection-timeout"))
				.isEqualTo("40s");
		}
	}

	private void process() {
		new DefaultsEnvironmentPostProcessor().postProcessEnvironment(this.environment, new SpringApplication());
	}

	private void set(String source, String name, String value) {
		this.environment.getPropertySources().addFirst(new MapPropertySource(source, Map.of(name, value)));
	}

}
