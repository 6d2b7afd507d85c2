package io.roster.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JwtCallersTests {

	private static final Instant now = Instant.parse("2026-11-22T03:00:00Z");

	@Test
	void rolesMayBeInAClaimWithinAnotherOne() {
		assertThat(role("realm_access.roles", Map.of("realm_access", Map.of("roles", List.of("client")))))
			.isEqualTo(Role.CLIENT);
		assertThat(role("https://example.org/roles", Map.of("https://example.org/roles", "viewer")))
			.isEqualTo(Role.VIEWER);
	}

	@Test
	void anythingElseInTheClaimIsNoRole() {
		assertThat(role("roles", Map.of())).isNull();
		assertThat(role("roles", Map.of("roles", 7))).isNull();
		assertThat(role("roles", Map.of("roles", Map.of("operator", true)))).isNull();
		assertThat(role("roles", Map.of("roles", List.of("Operator", "ROLE_operator", 7)))).isNull();
		assertThat(role("a.b.c", Map.of("a", Map.of("b", "operator")))).isNull();
	}

	private static @Nullable Role role(String claim, Map<String, Object> claims) {
		Jwt.Builder jwt = Jwt.withTokenValue("t").header("alg", "RS256").subject("tom");
		claims.forEach(jwt::claim);
		return new JwtCallers((token) -> jwt.build(), claim).read("t").role();
	}

	@Test
	void anIssuerThatDoesNotAnswerIsNotTheCallersFault() {
		TokenIssuer issuer = TokenIssuer.start();
		String token = issuer.token("tom", "viewer");
		String address = issuer.keys();
		issuer.close();
		BearerAuthentication authentication = new BearerAuthentication(ApiKeys.of(List.of()),
				new JwtCallers(NimbusJwtDecoder.withJwkSetUri(address).build(), "roles"));
		assertThatExceptionOfType(IssuerUnreachableException.class)
			.isThrownBy(() -> authentication.authenticate(new BearerTokenAuthenticationToken(token)));
	}

	@Test
	void aStreamGoesOnUntilItsCredentialsHaveSurelyExpired() {
		assertThat(new Caller("tom", Role.VIEWER, null).lifetime(now)).isEmpty();
		assertThat(new Caller("tom", Role.VIEWER, now.plusSeconds(30)).lifetime(now)).contains(Duration.ofSeconds(90));
		assertThat(new Caller("tom", Role.VIEWER, now.minusSeconds(90)).lifetime(now)).contains(Duration.ofMillis(1));
	}

}
