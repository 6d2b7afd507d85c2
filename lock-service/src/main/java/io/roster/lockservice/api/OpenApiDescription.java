package io.roster.lockservice.api;

import java.net.URI;
import java.util.Map;

import io.roster.access.openapi.OperationDefaults;
import io.roster.lockservice.problem.Problem;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ProblemDetail;

/**
 * The head of the OpenAPI document, and its examples that many operations share.
 */
@Configuration(proxyBeanMethods = false)
@SecurityScheme(name = "bearer", type = SecuritySchemeType.HTTP, scheme = "bearer",
		description = "An API key, or a JSON Web Token. Not needed where the service has no credentials.")
@OpenAPIDefinition(security = @SecurityRequirement(name = "bearer"), info = @Info(title = "Roster lock service",
		version = "v1", license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0"),
		description = """
				Locks with leases and fencing tokens, on ZooKeeper. A queue is shared with Curator's InterProcessMutex \
				and other ZooKeeper clients, in one order.

				Durations are strings such as `30s` or `PT30S`; fencing tokens and revisions are decimal strings, \
				because 64-bit numbers do not survive JavaScript. Errors are RFC 9457 `application/problem+json`; \
				their `type` is part of this API, a wrong `field` is named."""))
class OpenApiDescription {

	@Bean
	OperationDefaults operationDefaults() {
		ProblemDetail problem = Problem.INVALID_REQUEST
			.because("wait is a duration with a unit, such as 30s, 500ms, 5m or PT30S, and not '10'");
		problem.setInstance(URI.create("/api/v1/locks/invoice-42/leases"));
		problem.setProperty("field", "wait");
		return new OperationDefaults(problem,
				Map.of("Last-Event-ID", "4294967330", "lock", "invoice-42", "reason", "billing-1 hangs"), Map.of());
	}

}
