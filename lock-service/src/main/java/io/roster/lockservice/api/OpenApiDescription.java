package io.roster.lockservice.api;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;

import org.springframework.context.annotation.Configuration;

/**
 * The head of the OpenAPI document.
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

}
