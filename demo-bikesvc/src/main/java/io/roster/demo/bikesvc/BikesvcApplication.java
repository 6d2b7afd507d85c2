package io.roster.demo.bikesvc;

import java.net.InetAddress;
import java.time.Clock;

import io.roster.fencing.FencingGuard;

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
		// Where H2 listens if several instances share one database file
		// (AUTO_SERVER): everywhere, unless it is told before its first class is loaded.
		System.setProperty("h2.bindAddress", InetAddress.getLoopbackAddress().getHostAddress());
		// Every connection is tried before it is used. Otherwise a busy pool keeps one
		// for
		// ever whose database was closed when the instance that served it was killed.
		System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "0");
		SpringApplication.run(BikesvcApplication.class, args);
	}

	@Bean
	FencingGuard fencingGuard() {
		return new FencingGuard();
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
