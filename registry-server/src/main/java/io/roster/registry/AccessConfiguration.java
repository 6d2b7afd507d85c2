package io.roster.registry;

import io.roster.access.AccessRules;
import io.roster.access.Role;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/**
 * Which call needs which role, beyond what holds for all services: whoever looks is a
 * viewer, and whoever changes something an operator.
 */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

	private static final String INSTANCES = "/api/v1/services/{name}/instances";

	@Bean
	AccessRules accessRules() {
		return AccessRules.lookOrOperate()
			.require(Role.CLIENT, HttpMethod.POST, INSTANCES)
			.require(Role.CLIENT, HttpMethod.PUT, INSTANCES + "/{id}/heartbeat")
			.require(Role.CLIENT, HttpMethod.DELETE, INSTANCES + "/{id}")
			// It changes nothing.
			.require(Role.VIEWER, HttpMethod.POST, "/api/v1/ensemble/elections/simulate")
			.renewal(HttpMethod.PUT, INSTANCES + "/{id}/heartbeat")
			.open("/", "/index.html", "/favicon.ico", "/assets/**", "/webjars/**", "/swagger-ui.html",
					"/swagger-ui/**");
	}

}
