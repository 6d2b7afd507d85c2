package io.roster.lockservice;

import java.net.InetAddress;

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
