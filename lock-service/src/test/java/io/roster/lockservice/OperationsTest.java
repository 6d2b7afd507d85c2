package io.roster.lockservice;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.roster.access.OpenApiLint;
import io.roster.ensemble.LocalEnsemble;
import io.roster.lockservice.Replica.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.web.server.autoconfigure.ServerProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators and tools ask the lock service.
 */
class OperationsTest {

	private static LocalEnsemble ensemble;

	private static Replica replica;

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		replica = Replica.start(ensemble.connectString()).awaitReady();
	}

	@AfterAll
	static void stop() {
		replica.close();
		ensemble.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness" })
	void healthIsUp(String path) {
		assertThat(replica.get(path).field("status")).isEqualTo("UP");
	}

	@Test
	void livenessDoesNotDependOnTheEnsembleAndReadinessDoes() {
		assertThat(replica.get("/actuator/health/liveness").json().path("components").propertyNames())
			.containsExactly("livenessState");
		assertThat(replica.get("/actuator/health/readiness").json().path("components").propertyNames())
			.contains("ensemble");
	}

	@Test
	void infoHasThePid() {
		assertThat(replica.get("/actuator/info").json().path("process").path("pid").longValue())
			.isEqualTo(ProcessHandle.current().pid());
	}

	@Test
	void prometheusIsServed() {
		assertThat(replica.get("/actuator/prometheus").text()).contains("jvm_memory_used_bytes",
				"application=\"lock-service\"");
	}

	@Test
	void theLocksAreMeasured() {
		UUID holder = UUID.randomUUID();
		UUID waiter = UUID.randomUUID();
		replica.acquire("measured", holder, "30s", "0s");
		replica.acquire("measured", waiter, "30s", "1ms");
		assertThat(meters()).containsPattern("roster_locks_held\\{[^}]*} 1.0")
			.containsPattern("roster_locks_waiting\\{[^}]*} 1.0")
			.containsPattern("roster_locks_deadlocks\\{[^}]*} 0.0")
			.containsPattern("roster_locks_acquires_total\\{[^}]*outcome=\"waiting\"} 1.0");
		replica.release("measured", holder);
		replica.acquire("measured", waiter, "30s", "30s");
		replica.send(replica.request(Replica.lease("measured", waiter) + "?force=true&reason=test").DELETE());
		replica.renew("measured", waiter);
		assertThat(meters()).containsPattern("roster_locks_wait_seconds_count\\{[^}]*} 2")
			.containsPattern("roster_locks_wait_seconds_bucket\\{")
			.containsPattern("roster_locks_hold_seconds_count\\{[^}]*} 2")
			.containsPattern("roster_locks_forced_total\\{[^}]*} 1.0")
			.containsPattern("roster_locks_renewals_refused_total\\{[^}]*} 1.0")
			.containsPattern("roster_locks_expiries_total\\{[^}]*} 0.0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "templates/monitoring/rules.yaml", "files/dashboard.json" })
	void whatTheChartWatchesIsExposed(String file) throws IOException {
		String meters = meters();
		assertThat(Pattern.compile("(roster_locks|http)_[a-z_]+")
			.matcher(Files.readString(Path.of("../helm/roster", file)))
			.results()
			.map(MatchResult::group)).isNotEmpty().allMatch((name) -> meters.contains("\n" + name));
	}

	private static String meters() {
		return replica.get("/actuator/prometheus").text();
	}

	@Test
	void theDescriptionIsOneThatGeneratorsOfClientsRead() {
		assertThat(OpenApiLint.findings(replica.get("/v3/api-docs").text())).isEmpty();
	}

	@Test
	void everyAnswerIsDescribedWithAnExample() {
		JsonNode paths = replica.get("/v3/api-docs").json().path("paths");
		for (JsonNode path : paths) {
			for (JsonNode call : path) {
				assertThat(call.path("responses").propertyNames()).as(call.path("summary").asString())
					.containsAnyOf("200", "201");
				call.path("responses")
					.forEachEntry((status, response) -> response.path("content")
						.forEach((content) -> assertThat(content.has("example") || content.has("examples"))
							.as(call.path("summary").asString() + " " + status)
							.isTrue()));
			}
		}
	}

	@Test
	void theApiIsDescribedWithExamples() {
		Answer document = replica.get("/v3/api-docs");
		assertThat(document.status()).isEqualTo(200);
		JsonNode paths = document.json().path("paths");
		assertThat(paths.propertyNames()).contains("/api/v1/locks", "/api/v1/locks/{lock}",
				"/api/v1/locks/{lock}/leases", "/api/v1/locks/{lock}/leases/{lease}",
				"/api/v1/locks/{lock}/leases/{lease}/renew");
		JsonNode acquire = paths.path("/api/v1/locks/{lock}/leases/{lease}").path("put");
		assertThat(acquire.path("responses").propertyNames()).contains("200", "202", "400", "409", "410", "503");
		assertThat(acquire.path("responses").path("200").toString()).contains("fencingToken");
		JsonNode body = document.json().path("components").path("schemas").path("Acquire").path("properties");
		assertThat(body.propertyNames()).containsExactlyInAnyOrder("owner", "mode", "ttl", "wait", "onDeadlock",
				"metadata");
	}

	@Test
	void thereIsAPageToTryTheApi() {
		Answer page = replica.get("/swagger-ui.html");
		assertThat(page.status()).isEqualTo(302);
		assertThat(replica.get(page.header("Location").replaceFirst("https?://[^/]+", "")).status()).isEqualTo(200);
	}

	@Test
	void listensOnLoopbackUnlessToldOtherwise() {
		assertThat(replica.bean(ServerProperties.class).getAddress()).isEqualTo(InetAddress.getLoopbackAddress());
	}

}
