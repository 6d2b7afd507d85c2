package io.roster.demo.bikesvc;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The demo's service.
 */
@SpringBootApplication
public class BikesvcApplication {

	/**
	 * Starts the application.
	 * @param args command line properties
	 */
	public static void main(String[] args) {
		SpringApplication.run(BikesvcApplication.class, args);
	}

}
