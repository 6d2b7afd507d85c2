package io.roster.discovery.spring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.roster.ensemble.LocalEnsemble;
import org.awaitility.Awaitility;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * An application as a user would write it, which serves and calls others.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class TestApplication {

	static {
		// a busy machine starts an application in seconds
		Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
	}

	private final Environment environment;

	TestApplication(Environment environment) {
		this.environment = environment;
	}

	@Bean
	@LoadBalanced
	RestClient.Builder restClientBuilder() {
		return RestClient.builder();
	}

	@Bean
	@LoadBalanced
	WebClient.Builder webClientBuilder() {
		return WebClient.builder();
	}

	@GetMapping("/port")
	String port() {
		return this.environment.getRequiredProperty("local.server.port");
	}

	@PostMapping("/port")
	String postPort() {
		return port();
	}

	static SpringApplication application(LocalEnsemble ensemble, String... properties) {
		List<String> all = new ArrayList<>(List.of("server.port=0", "spring.main.banner-mode=off",
				"spring.main.register-shutdown-hook=false",
				"spring.cloud.zookeeper.connect-string=" + ensemble.connectString(),
				"spring.cloud.zookeeper.session-timeout=2s", "spring.cloud.zookeeper.discovery.instance-host=127.0.0.1",
				"roster.discovery.drain-grace=300ms"));
		all.addAll(Arrays.asList(properties));
		return new SpringApplicationBuilder(TestApplication.class).properties(all.toArray(String[]::new)).application();
	}

	static ConfigurableApplicationContext start(LocalEnsemble ensemble, String name, String... properties) {
		return application(ensemble, properties).run("--spring.application.name=" + name);
	}

	static ConfigurableApplicationContext startConsumer(LocalEnsemble ensemble, String... properties) {
		List<String> all = new ArrayList<>(List.of("spring.cloud.zookeeper.discovery.register=false"));
		all.addAll(Arrays.asList(properties));
		return start(ensemble, "consumer", all.toArray(String[]::new));
	}

	static RestClient client(ConfigurableApplicationContext consumer) {
		return consumer.getBean(RestClient.Builder.class).build();
	}

	static String port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port");
	}

}
