package io.roster.registry;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.roster.access.EndpointCalls;
import io.roster.access.TestKey;
import io.roster.access.TokenIssuer;
import io.roster.ensemble.LocalEnsemble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may call what.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class AccessTests {

	private static final Map<String, String> ROLES = Map.ofEntries(entry("GET /api/v1/services", "viewer"),
			entry("GET /api/v1/services/{name}", "viewer"), entry("GET /api/v1/services/{name}/stream", "viewer"),
			entry("GET /api/v1/stream", "viewer"), entry("GET /api/v1/caller", "viewer"),
			entry("GET /api/v1/lock-service/locks", "viewer"), entry("GET /api/v1/lock-service/locks/{lock}", "viewer"),
			entry("GET /api/v1/lock-service/deadlocks", "viewer"),
			entry("POST /api/v1/lock-service/locks/{lock}/leases/{lease}/revoke", "operator"),
			entry("DELETE /api/v1/lock-service/locks/{lock}/leases/{lease}", "operator"),
			entry("DELETE /api/v1/lock-service/locks/{lock}/places/{node}", "operator"),
			entry("GET /api/v1/console/stream", "viewer"), entry("GET /api/v1/ensemble", "viewer"),
			entry("GET /api/v1/prometheus/targets", "viewer"), entry("GET /api/v1/config", "viewer"),
			entry("GET /api/v1/config/{application}", "viewer"),
			entry("GET /api/v1/config/{application}/{key}/versions", "viewer"),
			entry("PUT /api/v1/config/{application}/{key}", "operator"),
			entry("DELETE /api/v1/config/{application}/{key}", "operator"),
			entry("GET /api/v1/ensemble/elections", "viewer"), entry("GET /api/v1/ensemble/configuration", "viewer"),
			entry("POST /api/v1/services/{name}/instances", "client"),
			entry("PUT /api/v1/services/{name}/instances/{id}/heartbeat", "client"),
			entry("DELETE /api/v1/services/{name}/instances/{id}", "client"), entry("GET /api/v1/events", "viewer"),
			entry("PATCH /api/v1/services/{name}/instances/{id}", "operator"),
			entry("POST /api/v1/ensemble/elections/simulate", "viewer"), entry("GET /api/v1/znodes", "viewer"),
			entry("POST /api/v1/znodes", "operator"), entry("PUT /api/v1/znodes", "operator"),
			entry("DELETE /api/v1/znodes", "operator"), entry("GET /api/v1/znodes/stream", "viewer"),
			entry("GET /error", "viewer"), entry("GET /actuator", "viewer"),
			entry("GET /actuator/health", EndpointCalls.OPEN), entry("GET /actuator/health/**", EndpointCalls.OPEN),
			entry("GET /actuator/info", EndpointCalls.OPEN), entry("GET /actuator/prometheus", "viewer"),
			entry("GET /v3/api-docs", "viewer"), entry("GET /v3/api-docs.yaml", "viewer"),
			entry("GET /v3/api-docs/swagger-config", "viewer"), entry("GET /swagger-ui.html", EndpointCalls.OPEN));

	private static final TestKey viewer = TestKey.make("vic", "viewer");

	private static final TestKey client = TestKey.make("billing", "client");

	private static final TestKey stranger = TestKey.make("rentals", "client");

	private static final TestKey operator = TestKey.make("ann", "operator");

	private static final LocalEnsemble ensemble = LocalEnsemble.start(1);

	private static final TokenIssuer issuer = TokenIssuer.start();

	@LocalServerPort
	private int port;

	@Autowired
	private ApplicationContext context;

	@DynamicPropertySource
	static void configure(DynamicPropertyRegistry properties) {
		properties.add("spring.cloud.zookeeper.connect-string", ensemble::connectString);
		properties.add("roster.console.lock-service", () -> "");
		for (String property : TestKey.properties(viewer, client, stranger, operator)) {
			add(properties, property);
		}
		for (String property : issuer.properties()) {
			add(properties, property);
		}
	}

	private static void add(DynamicPropertyRegistry properties, String property) {
		int equals = property.indexOf('=');
		properties.add(property.substring(0, equals), () -> property.substring(equals + 1));
	}

	@AfterAll
	static void stop() {
		issuer.close();
	}

	@Test
	void everyEndpointAsksForTheRoleThatItNeeds() throws Exception {
		new EndpointCalls(this.context, issuer).verify(ROLES);
	}

	@ParameterizedTest
	@CsvSource({ "POST, /api/v1/services/x/instances, 400", "PUT, /api/v1/services/x/instances/x1/heartbeat, 410",
			"DELETE, /api/v1/services/x/instances/x1, 204", "POST, /api/v1/znodes, 403",
			"DELETE, /api/v1/services, 403", "PATCH, /api/v1/services/x/instances/x1, 403" })
	void aClientChangesInstancesAndNothingElse(String method, String path, int status) throws Exception {
		assertThat(send(method, path, client, "").statusCode()).isEqualTo(status);
		assertThat(send(method, path, viewer, "").statusCode()).isEqualTo(403);
		assertThat(send(method, path, operator, "").statusCode()).isIn(204, 400, 404, 405, 410, 415);
	}

	@Test
	void aRegistrationBelongsToWhoeverMadeIt() throws Exception {
		HttpResponse<String> created = send("POST", "/api/v1/services/owned/instances", client,
				"{\"address\":\"127.0.0.1\",\"port\":9001,\"ttl\":\"10m\"}");
		assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
		String path = created.headers().firstValue("location").orElseThrow();
		assertThat(send("PUT", path + "/heartbeat", client, "").statusCode()).isEqualTo(200);
		Problems.assertProblem(send("PUT", path + "/heartbeat", stranger, ""), 403, "not-yours");
		Problems.assertProblem(send("DELETE", path, stranger, ""), 403, "not-yours");
		assertThat(send("PUT", path + "/heartbeat", operator, "").statusCode()).isEqualTo(200);
		assertThat(send("DELETE", path, operator, "").statusCode()).isEqualTo(204);
		Problems.assertProblem(send("PUT", path + "/heartbeat", client, ""), 410, "instance-gone");
	}

	@Test
	void aBodyHasABound() throws Exception {
		HttpResponse<String> response = send("POST", "/api/v1/services/x/instances", client,
				"x".repeat(2 * 1024 * 1024 + 1));
		Problems.assertProblem(response, 413, "body-too-large");
	}

	@Test
	void aStreamEndsWhenItsReadersCredentialsHaveExpired() throws Exception {
		String token = issuer.sign(TokenIssuer.claims("tom", Duration.ofSeconds(-58), List.of("viewer")));
		try (EventReader events = new ApiClient(this.port).stream("/api/v1/stream", "Authorization",
				"Bearer " + token)) {
			events.awaitEnd();
		}
	}

	@Test
	void theConsolesPageIsOpenAndShowsNothing() throws Exception {
		HttpResponse<String> page = new ApiClient(this.port).get("/");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
		assertThat(new ApiClient(this.port).get("/swagger-ui/index.html").statusCode()).isEqualTo(200);
	}

	private HttpResponse<String> send(String method, String path, TestKey key, String body) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
				.timeout(Duration.ofSeconds(30))
				.version(HttpClient.Version.HTTP_1_1)
				.header("Authorization", "Bearer " + key.value())
				.header("Content-Type", "application/json")
				.method(method, HttpRequest.BodyPublishers.ofString(body))
				.build(), HttpResponse.BodyHandlers.ofString());
	}

	/** Takes tokens that have expired lately, for a stream that ends soon. */
	@TestConfiguration(proxyBeanMethods = false)
	static class LenientDecoder {

		@Bean
		NimbusJwtDecoder jwtDecoder() {
			NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(issuer.keys()).build();
			decoder.setJwtValidator(new JwtTimestampValidator(Duration.ofMinutes(4)));
			return decoder;
		}

	}

}
