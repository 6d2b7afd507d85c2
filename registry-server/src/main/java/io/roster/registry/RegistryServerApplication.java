package io.roster.registry;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The registry server: shows and serves who is registered.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
@SecurityScheme(name = "bearer", type = SecuritySchemeType.HTTP, scheme = "bearer",
		description = "An API key, or a JSON Web Token. Not needed where the service has no credentials.")
@OpenAPIDefinition(security = @SecurityRequirement(name = "bearer"), info = @Info(title = "Roster registry",
		version = "v1",
		description = "Who is registered, as it changes, and how the ensemble does. Errors are RFC 9457 problems."))
public class RegistryServerApplication {

	/**
	 * Starts the application.
	 * @param args command line properties
	 */
	public static void main(String[] args) {
		SpringApplication.run(RegistryServerApplication.class, args);
	}

}
