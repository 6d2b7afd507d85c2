package io.roster.registry;

import java.net.http.HttpResponse;
import java.time.Duration;

import io.roster.ensemble.LocalEnsemble;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class OutageTests {

	@Test
	void theLastListStaysWhileTheEnsembleIsAway() throws Exception {
		try (LocalEnsemble ensemble = LocalEnsemble.start(1); ConfigurableApplicationContext app = start(ensemble)) {
			ApiClient api = client(app);
			try (Nodes nodes = new Nodes(ensemble.connectString());
					EventReader reader = api.stream("/api/v1/services/kept/stream")) {
				reader.next("snapshot");
				nodes.addPersistent("kept", 9001);
				reader.next("added");
			}
			String etag = api.get("/api/v1/services/kept").headers().firstValue("etag").orElseThrow();
			ensemble.stop(1);
			await().atMost(Duration.ofSeconds(20))
				.until(() -> api.json("/api/v1/services/kept").get("stale").asBoolean());
			JsonNode list = api.json("/api/v1/services/kept");
			assertThat(list.get("instances")).hasSize(1);
			assertThat(api.get("/api/v1/services/kept", "If-None-Match", etag).statusCode()).isEqualTo(200);
			// Members are asked at most twice a second: the answer may be of just before.
			await().atMost(Duration.ofSeconds(20)).until(() -> !api.json("/api/v1/ensemble").get("quorum").asBoolean());
			assertThat(api.json("/api/v1/ensemble").get("members").get(0).get("role").asString())
				.isEqualTo("unreachable");
			assertThat(api.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
			assertThat(api.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
			HttpResponse<String> read = api.get("/api/v1/znodes?path=/servers");
			Problems.assertProblem(read, 503, "ensemble-unreachable");
			assertThat(ApiClient.json(read).get("detail").asString()).doesNotContain("change");
			try (EventReader reader = api.stream("/api/v1/services/kept/stream")) {
				assertThat(reader.nextOfAll().data().get("stale").asBoolean()).isTrue();
				assertThat(reader.next("snapshot").data().get("instances")).hasSize(1);
			}
			ensemble.start(1, false);
			await().atMost(Duration.ofSeconds(20))
				.until(() -> !api.json("/api/v1/services/kept").get("stale").asBoolean());
			assertThat(api.json("/api/v1/services/kept").get("instances")).hasSize(1);
		}
	}

	@Test
	void nothingIsSaidOfWhatHasNeverBeenRead() throws Exception {
		try (LocalEnsemble ensemble = LocalEnsemble.start(1)) {
			ensemble.stop(1);
			try (ConfigurableApplicationContext app = start(ensemble)) {
				ApiClient api = client(app);
				HttpResponse<String> response = api.get("/api/v1/services/any");
				Problems.assertProblem(response, 503, "not-read-yet");
				assertThat(response.headers().firstValue("retry-after")).isPresent();
				Problems.assertProblem(api.get("/api/v1/services"), 503, "not-read-yet");
				Problems.assertProblem(api.get("/api/v1/services/any?revision=1&wait=100ms"), 503, "not-read-yet");
				assertThat(api.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
				assertThat(api.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
				try (EventReader reader = api.stream("/api/v1/services/any/stream")) {
					assertThat(reader.nextOfAll().data().get("stale").asBoolean()).isTrue();
					ensemble.start(1, false);
					reader.next("snapshot");
				}
				assertThat(api.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
			}
		}
	}

	@Test
	void aStopEndsWhatIsOpen() throws Exception {
		try (LocalEnsemble ensemble = LocalEnsemble.start(1); ConfigurableApplicationContext app = start(ensemble)) {
			ApiClient api = client(app);
			String revision = api.json("/api/v1/services/any").get("revision").asString();
			try (EventReader reader = api.stream("/api/v1/services/any/stream")) {
				reader.next("snapshot");
				var waiting = api.getLater("/api/v1/services/any?wait=5m&revision=" + revision);
				await().atMost(Duration.ofSeconds(30))
					.until(() -> api.get("/actuator/prometheus").body().contains("roster_streams_open 1.0"));
				long begin = System.nanoTime();
				app.close();
				assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
				reader.awaitEnd();
				assertThat(waiting.get().statusCode()).isEqualTo(200);
			}
		}
	}

	private static ConfigurableApplicationContext start(LocalEnsemble ensemble) {
		return new SpringApplicationBuilder(RegistryServerApplication.class).run("--server.port=0",
				"--spring.cloud.zookeeper.connect-string=" + ensemble.connectString(),
				"--roster.stream.heartbeat=200ms");
	}

	private static ApiClient client(ConfigurableApplicationContext app) {
		return new ApiClient(app.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

}
