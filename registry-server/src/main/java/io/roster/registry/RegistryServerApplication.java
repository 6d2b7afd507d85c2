package io.roster.registry;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The registry server: shows and serves who is registered.
 */
@SpringBootApplication
public class RegistryServerApplication {

	/**
	 * Starts the application.
	 * @param args command line properties
	 */
	public static void main(String[] args) {
		SpringApplication.run(RegistryServerApplication.class, args);
	}

}
