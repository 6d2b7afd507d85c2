package io.roster.lockservice;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.roster.access.EndpointCalls;
import io.roster.access.TestKey;
import io.roster.access.TokenIssuer;
import io.roster.ensemble.LocalEnsemble;
import io.roster.lockservice.Replica.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may call what.
 */
class AccessTest {

	private static final String LEASE = "/api/v1/locks/{lock}/leases/{lease}";

	private static final Map<String, String> ROLES = Map.ofEntries(entry("GET /api/v1/locks", "viewer"),
			entry("GET /api/v1/locks/{lock}", "viewer"), entry("PUT /api/v1/locks/{lock}", "operator"),
			entry("GET /api/v1/deadlocks", "viewer"), entry("GET /api/v1/stream", "viewer"),
			entry("GET /api/v1/locks/{lock}/stream", "viewer"),
			entry("DELETE /api/v1/locks/{lock}/places/{node}", "operator"), entry("GET /api/v1/audit", "operator"),
			entry("POST /api/v1/locks/{lock}/leases", "client"), entry("GET " + LEASE, "viewer"),
			entry("PUT " + LEASE, "client"), entry("DELETE " + LEASE, "client"),
			entry("POST " + LEASE + "/renew", "client"), entry("POST " + LEASE + "/revoke", "operator"),
			entry("POST /api/v1/multi-locks", "client"), entry("GET /api/v1/multi-locks/{lease}", "viewer"),
			entry("DELETE /api/v1/multi-locks/{lease}", "client"),
			entry("POST /api/v1/multi-locks/{lease}/renew", "client"), entry("GET /error", "viewer"),
			entry("GET /actuator", "viewer"), entry("GET /actuator/health", EndpointCalls.OPEN),
			entry("GET /actuator/health/**", EndpointCalls.OPEN), entry("GET /actuator/info", EndpointCalls.OPEN),
			entry("GET /actuator/prometheus", "viewer"), entry("GET /v3/api-docs", "viewer"),
			entry("GET /v3/api-docs.yaml", "viewer"), entry("GET /v3/api-docs/swagger-config", "viewer"),
			entry("GET /swagger-ui.html", EndpointCalls.OPEN));

	private static final TestKey client = TestKey.make("billing", "client");

	private static final TestKey operator = TestKey.make("ann", "operator");

	private static LocalEnsemble ensemble;

	private static TokenIssuer issuer;

	private static Replica replica;

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		issuer = TokenIssuer.start();
		replica = Replica
			.start(ensemble.connectString(),
					Stream.of(TestKey.properties(client, operator), issuer.properties())
						.flatMap(Stream::of)
						.toArray(String[]::new))
			.awaitReady();
	}

	@AfterAll
	static void stop() {
		replica.close();
		issuer.close();
		ensemble.close();
	}

	@Test
	void everyEndpointAsksForTheRoleThatItNeeds() throws Exception {
		new EndpointCalls(replica.context(), issuer).verify(ROLES);
	}

	@ParameterizedTest
	@CsvSource({ "force=true&reason=hangs, 403", "force=TRUE, 403", "force=, 403", "force=true&force=false, 403",
			"force=false&force=true, 400", "force=false, 200", "reason=none, 400" })
	void aForcedReleaseIsTheOperators(String query, int status) {
		String path = Replica.lease("forced", UUID.randomUUID()) + "?" + query;
		assertThat(send(client, path, "DELETE", "").status()).isEqualTo(status);
		assertThat(send(operator, path, "DELETE", "").status()).isNotIn(401, 403);
	}

	@Test
	void aCallThatWaitsIsAnsweredToWhoeverMadeIt() {
		UUID first = UUID.randomUUID();
		String body = "{\"wait\":\"60s\"}";
		assertThat(send(client, Replica.lease("waits", first), "PUT", body).status()).isEqualTo(200);
		String second = Replica.lease("waits", UUID.randomUUID());
		CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> send(client, second, "PUT", body));
		Awaitility.await("the second in the queue")
			.atMost(Duration.ofSeconds(30))
			.until(() -> send(client, "/api/v1/locks/waits", "GET", "").json().path("waiters").size() == 1);
		assertThat(send(client, Replica.lease("waits", first), "DELETE", "").status()).isEqualTo(200);
		assertThat(waiting.join().status()).isEqualTo(200);
	}

	private static Answer send(TestKey key, String path, String method, String body) {
		HttpRequest.Builder request = replica.request(path).header("Authorization", "Bearer " + key.value());
		return replica.send(body.isEmpty() ? request.method(method, BodyPublishers.noBody())
				: request.method(method, BodyPublishers.ofString(body)));
	}

}
