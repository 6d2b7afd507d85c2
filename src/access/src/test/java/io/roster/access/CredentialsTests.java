package io.roster.access;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service that knows API keys and an issuer of tokens.
 */
class CredentialsTests {

	private static final TestKey viewer = TestKey.make("vic", "viewer");

	private static final TestKey client = TestKey.make("billing", "client");

	private static final TestKey operator = TestKey.make("ann", "operator");

	private static final TokenIssuer issuer = TokenIssuer.start();

	private static TestService service;

	@BeforeAll
	static void start() {
		service = TestService
			.start(Stream
				.of(TestKey.properties(viewer, client, operator), issuer.properties(),
						new String[] { "roster.access.jwt.roles-claim=roles" })
				.flatMap(Stream::of)
				.toArray(String[]::new));
	}

	@AfterAll
	static void stop() {
		service.close();
		issuer.close();
	}

	@Test
	void aKeyHasAPrincipalAndItsRoleIncludesTheLowerOnes() throws Exception {
		assertThat(service.get("/who", viewer.value()).body()).isEqualTo("vic viewer:true client:false operator:false");
		assertThat(service.get("/who", client.value()).body())
			.isEqualTo("billing viewer:true client:true operator:false");
		assertThat(service.get("/who", operator.value()).body()).isEqualTo("ann viewer:true client:true operator:true");
	}

	@Test
	void aTokenHasAPrincipalAndItsHighestRoleCounts() throws Exception {
		assertThat(service.get("/who", issuer.token("tom", "other", "viewer", "client")).body())
			.isEqualTo("tom viewer:true client:true operator:false");
		String words = issuer.sign(TokenIssuer.claims("tom", Duration.ofMinutes(5), "offline operator"));
		assertThat(service.get("/who", words).body()).isEqualTo("tom viewer:true client:true operator:true");
	}

	@ParameterizedTest
	@MethodSource("badTokens")
	void aTokenThatIsNotTheIssuersOrNotForUsIsRefused(String why, String token) throws Exception {
		HttpResponse<String> response = service.get("/who", token);
		assertThat(response.statusCode()).as(why).isEqualTo(401);
		assertThat(response.body()).contains("urn:roster:problem:unauthenticated").doesNotContain(token);
	}

	static Stream<String[]> badTokens() throws GeneralSecurityException {
		Duration valid = Duration.ofMinutes(5);
		Map<String, Object> claims = TokenIssuer.claims("eve", valid, List.of("operator"));
		String good = issuer.sign(claims);
		try (TokenIssuer other = TokenIssuer.start()) {
			return Stream.of(new String[] { "expired", issuer.expired("eve", "operator") },
					new String[] { "another issuer", other.token("eve", "operator") },
					new String[] { "no signature", TokenIssuer.content("none", claims) + "." },
					new String[] { "signature cut off", good.substring(0, good.lastIndexOf('.') + 1) },
					new String[] { "public key as a secret", signedWithThePublicKey(claims) },
					new String[] { "another audience", issuer.sign(with(claims, "aud", "somebody-else")) },
					new String[] { "not yet valid",
							issuer.sign(with(claims, "nbf", Instant.now().plus(valid).getEpochSecond())) },
					new String[] { "nobody", issuer.sign(with(claims, "sub", "")) },
					new String[] { "everybody", issuer.sign(with(claims, "sub", "anonymous")) },
					new String[] { "bound to a key", issuer.sign(with(claims, "cnf", Map.of("jkt", "x"))) },
					new String[] { "an unknown key", TestKey.make("eve", "operator").value() },
					new String[] { "the hash of a key", "rk_" + operator.hash() },
					new String[] { "no token at all", "x" });
		}
	}

	private static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
		Map<String, Object> changed = new java.util.LinkedHashMap<>(claims);
		changed.put(name, value);
		return changed;
	}

	private static String signedWithThePublicKey(Map<String, Object> claims) throws GeneralSecurityException {
		String content = TokenIssuer.content("HS256", claims);
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(issuer.publicKey(), "HmacSHA256"));
		return content + "." + TokenIssuer.encode(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
	}

	@Test
	void aTokenWithoutARoleIsGoodForNothing() throws Exception {
		HttpResponse<String> response = service.get("/who", issuer.token("tom", "admin"));
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.body()).contains("the token of 'tom' names no role", "needs the role viewer");
	}

	@Test
	void aRefusalSaysWhichRoleIsNeeded() throws Exception {
		HttpResponse<String> response = service.post("/later/200", viewer.value());
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"insufficient_scope\"");
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(response.body()).contains("urn:roster:problem:forbidden", "needs the role client",
				"'vic' has the role viewer");
	}

	@Test
	void whatHasNoRuleIsTheOperatorsAndWhatIsNotThereIsNotTold() throws Exception {
		assertThat(service.post("/closed", client.value()).statusCode()).isEqualTo(403);
		assertThat(service.post("/closed", operator.value()).statusCode()).isEqualTo(200);
		assertThat(service.get("/nothing", null).statusCode()).isEqualTo(401);
		assertThat(service.get("/error", null).statusCode()).isEqualTo(401);
		assertThat(service.get("/actuator/metrics", null).statusCode()).isEqualTo(401);
		assertThat(service.get("/actuator/metrics", viewer.value()).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/page", "/actuator/health", "/actuator/info" })
	void someThingsAreOpen(String path) throws Exception {
		assertThat(service.get(path, null).statusCode()).isEqualTo(200);
	}

	@Test
	void anAnswerThatComesLaterIsTheSameCallers() throws Exception {
		HttpResponse<String> response = service.post("/later/200", client.value());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("billing");
		assertThat(service.get("/stream", viewer.value()).body()).contains("data:one", "data:two");
	}

	@ParameterizedTest
	@CsvSource({ "1024, 200", "1025, 413", "100000, 413" })
	void aBodyHasABoundWhetherItsLengthIsDeclaredOrNot(int size, int status) throws Exception {
		byte[] body = new byte[size];
		assertThat(service.send("POST", "/body", client.value(), BodyPublishers.ofByteArray(body)).statusCode())
			.isEqualTo(status);
		assertThat(service
			.send("POST", "/body", client.value(), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
			.statusCode()).isEqualTo(status);
		assertThat(service.send("POST", "/body", null, BodyPublishers.ofByteArray(body)).statusCode()).isEqualTo(401);
	}

	@Test
	void whatIsNoPathOfAnApiIsAProblem() throws Exception {
		HttpResponse<String> response = service.get("/who/%0A", viewer.value());
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("urn:roster:problem:invalid-request");
	}

	@Test
	void aBrowserIsToldWhatItMayDo() throws Exception {
		HttpResponse<String> response = service.get("/page", null);
		assertThat(response.headers().firstValue("Content-Security-Policy").orElse("")).contains("default-src 'self'",
				"frame-ancestors 'none'");
		assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(response.headers().firstValue("X-Frame-Options")).hasValue("DENY");
		assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
		assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
	}

}
