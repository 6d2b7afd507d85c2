package io.roster.access;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Who may call this service, and how much a request may bring. Issuers of JSON Web Tokens
 * are configured with Spring Boot's own spring.security.oauth2.resourceserver.jwt.
 *
 * @param apiKeys the API keys; the same principal may have several, so that a key can be
 * replaced without a gap
 * @param jwt how JSON Web Tokens are read
 * @param maxBodySize how large the body of a request may be
 */
@ConfigurationProperties("roster.access")
record AccessProperties(@DefaultValue List<ApiKey> apiKeys, @DefaultValue Jwt jwt,
		@DefaultValue("64KB") DataSize maxBodySize) {

	/**
	 * One API key. Missing parts are refused, with all others, by {@link ApiKeys}.
	 *
	 * @param principal who has the key
	 * @param role what the key is good for: viewer, client or operator
	 * @param hash the SHA-256 of the whole key with its rk_, as 64 lower-case hexadecimal
	 * digits
	 */
	record ApiKey(@Nullable String principal, @Nullable String role, @Nullable String hash) {
	}

	/**
	 * How JSON Web Tokens are read.
	 *
	 * @param rolesClaim the claim with the roles, a list or a text with spaces; a claim
	 * within another one is named with dots, as realm_access.roles. The highest role
	 * counts, and words that are no roles do not
	 */
	record Jwt(@DefaultValue("roles") String rolesClaim) {
	}

}
