package io.roster.lockservice;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The lock service: locks over REST, with leases and fencing tokens.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class LockServiceApplication {

	/**
	 * Starts the application.
	 * @param args command line properties
	 */
	public static void main(String[] args) {
		SpringApplication.run(LockServiceApplication.class, args);
	}

}
