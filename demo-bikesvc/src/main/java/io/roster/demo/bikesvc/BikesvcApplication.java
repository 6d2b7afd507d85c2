package io.roster.demo.bikesvc;

import java.time.Clock;

import io.roster.locks.client.LockClient;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/**
 * The demo's service.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class BikesvcApplication {

	/**
	 * Starts the application.
	 * @param args command line properties
	 */
	public static void main(String[] args) {
		SpringApplication.run(BikesvcApplication.class, args);
	}

	@Bean
	LockClient lockClient(BikesvcProperties properties) {
		return LockClient.builder().urls(properties.lockService()).patience(properties.patience()).build();
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
