package io.roster.demo.consumer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import io.roster.discovery.Registrar;
import io.roster.ensemble.LocalEnsemble;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** The application on a real ensemble, with instances of bikesvc that come and go. */
class ConsumerTests {

	private static final Duration BOUND = Duration.ofSeconds(20);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static LocalEnsemble ensemble;

	private static Registrar registrar;

	private static ConfigurableApplicationContext application;

	private final HttpClient http = HttpClient.newHttpClient();

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		application = SpringApplication.run(ConsumerApplication.class, "--server.port=0",
				"--spring.cloud.zookeeper.connect-string=" + ensemble.connectString());
		registrar = application.getBean(Registrar.class);
	}

	@AfterAll
	static void stop() {
		application.close();
		ensemble.close();
	}

	@AfterEach
	void stopLoad() {
		send("PUT", "/load", "{\"perSecond\":0}");
	}

	@Test
	void ridesGoToAllInstancesAlikeAndServersShowsThem() throws IOException {
		try (TestBikesvc first = new TestBikesvc(registrar); TestBikesvc second = new TestBikesvc(registrar)) {
			awaitInstances(2);
			JsonNode servers = json("/servers");
			assertThat(servers.path("stale").asBoolean()).isFalse();
			assertThat(servers.path("revision").asString()).isNotEmpty();
			assertThat(servers.path("ageMs").isIntegralNumber()).isTrue();
			assertThat(servers.path("staleSince").isNull()).isTrue();
			assertThat(servers.path("instances").get(0).path("suspect").asBoolean(true)).isFalse();
			JsonNode instance = servers.path("instances").get(0);
			assertThat(instance.path("id").asString()).isEqualTo(first.id());
			assertThat(instance.path("path").asString()).isEqualTo("/servers/" + first.id());
			assertThat(instance.path("status").asString()).isEqualTo("UP");
			assertThat(instance.path("layout").asString()).isEqualTo("sequential");
			Map<String, Integer> served = new TreeMap<>();
			for (int i = 0; i < 40; i++) {
				served.merge(json("/rides").path("servedBy").asString(), 1, Integer::sum);
			}
			assertThat(served).containsOnlyKeys(first.id(), second.id());
			assertThat(served.values()).allSatisfy((count) -> assertThat(count).isBetween(15, 25));
		}
	}

	@Test
	void withoutAnInstanceARideIsRefusedAsAProblem() {
		awaitInstances(0);
		HttpResponse<String> refused = send("GET", "/rides", "");
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(JSON.readTree(refused.body()).path("type").asString()).isEqualTo("urn:roster:problem:no-ride");
	}

	@Test
	void theLoadIsSwitchedOnAndOffAndThePageIsTold() throws Exception {
		try (TestBikesvc only = new TestBikesvc(registrar)) {
			awaitInstances(1);
			assertThat(JSON.readTree(send("PUT", "/load", "{\"perSecond\":50}").body()).path("perSecond").asInt())
				.isEqualTo(50);
			String id = only.id();
			JsonNode state = awaitState((each) -> each.path("served").path(id).asLong(0) >= 10);
			assertThat(state.path("perSecond").asInt()).isEqualTo(50);
			assertThat(state.path("elections").isIntegralNumber()).isTrue();
			assertThat(state.path("epoch").asLong()).isNotNegative();
			assertThat(state.path("servers").path("instances").get(0).path("id").asString()).isEqualTo(id);
		}
		awaitState((each) -> each.path("servers").path("instances").isEmpty());
		assertThat(JSON.readTree(send("PUT", "/load", "{\"perSecond\":0}").body()).path("perSecond").asInt()).isZero();
		assertThat(json("/load").path("perSecond").asInt()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"perSecond\":-1}", "{\"perSecond\":101}" })
	void aLoadOutsideOfTheLimitsIsRefused(String body) {
		HttpResponse<String> refused = send("PUT", "/load", body);
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(JSON.readTree(refused.body()).path("field").asString()).isEqualTo("perSecond");
		assertThat(json("/load").path("perSecond").asInt()).isZero();
	}

	@Test
	void thePageNeedsNothingFromElsewhere() {
		String page = send("GET", "/", "").body();
		assertThat(page).contains("Who serves?").doesNotContain("http://", "https://", "//cdn");
		assertThat(send("GET", "/page.js", "").body()).contains("EventSource(\"live\")").doesNotContain("https://");
		assertThat(send("GET", "/page.css", "").body()).contains("prefers-color-scheme").doesNotContain("url(");
	}

	@Test
	void itDescribesItselfAndItsHealth() {
		assertThat(send("GET", "/v3/api-docs", "").body()).contains("/rides", "/servers");
		assertThat(json("/actuator/health/readiness").path("status").asString()).isEqualTo("UP");
		assertThat(json("/actuator/info").path("process").path("pid").asLong())
			.isEqualTo(ProcessHandle.current().pid());
		assertThat(send("GET", "/actuator/prometheus", "").body()).contains("jvm_memory_used_bytes",
				"roster_discovery_snapshot_age_seconds", "roster_discovery_snapshot_stale 0.0",
				"roster_discovery_connected 1.0", "roster_discovery_elections_total 0.0",
				"roster_discovery_publication_seconds_count");
		assertThat(json("/actuator/roster").path("connection").path("connected").asBoolean()).isTrue();
		assertThat(json("/actuator/health").path("components")
			.path("roster")
			.path("details")
			.path("stale")
			.asBoolean(true)).isFalse();
	}

	private void awaitInstances(int expected) {
		Awaitility.await(expected + " instances")
			.atMost(BOUND)
			.until(() -> json("/servers").path("instances").size() == expected);
	}

	/** Reads the stream that the page reads. */
	private JsonNode awaitState(Predicate<JsonNode> wanted) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(uri("/live")).build();
		long end = System.nanoTime() + BOUND.toNanos();
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(
				this.http.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8))) {
			for (String line = lines.readLine(); line != null && System.nanoTime() < end; line = lines.readLine()) {
				if (line.startsWith("data:")) {
					JsonNode state = JSON.readTree(line.substring("data:".length()));
					if (wanted.test(state)) {
						return state;
					}
				}
			}
		}
		throw new AssertionError("the stream has not shown it within " + BOUND);
	}

	private JsonNode json(String path) {
		return JSON.readTree(send("GET", path, "").body());
	}

	private HttpResponse<String> send(String method, String path, String body) {
		try {
			return this.http.send(HttpRequest.newBuilder(uri(path))
				.header("Content-Type", "application/json")
				.method(method, BodyPublishers.ofString(body))
				.timeout(BOUND)
				.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + port() + path);
	}

	private static int port() {
		return application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

}
