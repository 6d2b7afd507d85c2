package io.roster.lockservice.api;

import io.roster.access.AccessRules;
import io.roster.access.Role;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/**
 * Which call needs which role, beyond what holds for all services: whoever looks is a
 * viewer, and whoever changes something an operator.
 */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

	private static final String LEASES = "/api/v1/locks/{lock}/leases";

	private static final String LEASE = LEASES + "/{lease}";

	private static final String MULTI_LOCKS = "/api/v1/multi-locks";

	@Bean
	AccessRules accessRules() {
		return AccessRules.lookOrOperate()
			.require(Role.OPERATOR, HttpMethod.GET, "/api/v1/audit")
			.require(Role.OPERATOR, HttpMethod.DELETE, LEASE, AccessConfiguration::isForced)
			.require(Role.CLIENT, HttpMethod.DELETE, LEASE)
			.require(Role.CLIENT, HttpMethod.PUT, LEASE)
			.require(Role.CLIENT, HttpMethod.POST, LEASES)
			.require(Role.CLIENT, HttpMethod.POST, LEASE + "/renew")
			.require(Role.CLIENT, HttpMethod.POST, MULTI_LOCKS)
			.require(Role.CLIENT, HttpMethod.DELETE, MULTI_LOCKS + "/{lease}")
			.require(Role.CLIENT, HttpMethod.POST, MULTI_LOCKS + "/{lease}/renew")
			.renewal(HttpMethod.POST, MULTI_LOCKS + "/{lease}/renew")
			.renewal(HttpMethod.POST, LEASE + "/renew")
			.open("/swagger-ui.html", "/swagger-ui/**");
	}

	// Whatever the controller might take for true.
	private static boolean isForced(HttpServletRequest request) {
		String force = request.getParameter("force");
		return force != null && !force.equals("false");
	}

}
