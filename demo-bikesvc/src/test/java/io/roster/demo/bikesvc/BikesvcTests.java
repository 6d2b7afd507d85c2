package io.roster.demo.bikesvc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import io.roster.ensemble.LocalEnsemble;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** The application on a real ensemble. */
class BikesvcTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static LocalEnsemble ensemble;

	private static OneLock lock;

	private static ConfigurableApplicationContext application;

	private final HttpClient http = HttpClient.newHttpClient();

	@BeforeAll
	static void start() throws IOException {
		ensemble = LocalEnsemble.start(1);
		lock = new OneLock();
		application = SpringApplication.run(BikesvcApplication.class, "--server.port=0",
				"--spring.cloud.zookeeper.connect-string=" + ensemble.connectString(),
				"--roster.locks.client.urls=" + lock.url(), "--roster.locks.client.patience=300ms");
	}

	@AfterAll
	static void stop() {
		application.close();
		lock.close();
		ensemble.close();
	}

	@BeforeEach
	void awaitRegistration() {
		Awaitility.await("registration")
			.atMost(Duration.ofSeconds(20))
			.until(() -> bikes().path("servedBy").asString().startsWith("bikesvc"));
		lock.held(false);
		lock.token(4_294_967_311L);
		lock.calls();
	}

	@Test
	void bikesAreShownWithTheInstanceThatServedThem() {
		JsonNode bikes = bikes();
		assertThat(bikes.path("servedBy").asString()).matches("bikesvc\\d{10}");
		assertThat(bikes.path("price").asString()).isEqualTo("2.50");
		assertThat(bikes.path("bikes")).hasSize(8);
	}

	@Test
	void aBikeIsRentedUnderItsLockOnceAndGivenBack() {
		HttpResponse<String> rented = rent("1", "{\"rider\":\"ann\"}");
		assertThat(rented.statusCode()).isEqualTo(201);
		JsonNode answer = JSON.readTree(rented.body());
		assertThat(answer.path("servedBy").asString()).matches("bikesvc\\d{10}");
		assertThat(answer.path("lock").asString()).isEqualTo("bike-1");
		assertThat(answer.path("rental").path("fencingToken").asString()).isEqualTo("4294967311");
		assertThat(answer.path("rental").path("price").asString()).isEqualTo("2.50");
		assertThat(lock.calls()).containsExactly("PUT bike-1", "DELETE bike-1");
		assertThat(rider("1")).isEqualTo("ann");

		HttpResponse<String> again = rent("1", "{\"rider\":\"bob\"}");
		assertProblem(again, 409, "bike-taken");
		assertThat(lock.calls()).containsExactly("PUT bike-1", "DELETE bike-1");

		String location = rented.headers().firstValue("Location").orElseThrow();
		assertThat(send("DELETE", location, "").statusCode()).isEqualTo(204);
		assertProblem(send("DELETE", location, ""), 404, "unknown-bike");
		assertThat(rider("1")).isEmpty();
	}

	@Test
	void theLockIsHeldForAsLongAsIsAskedFor() {
		long before = System.nanoTime();
		assertThat(rent("2", "{\"rider\":\"ann\",\"hold\":\"400ms\"}").statusCode()).isEqualTo(201);
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
	}

	@Test
	void whoHeldTheLockBeforeAndWritesAfterwardsIsRefused() {
		lock.token(100);
		HttpResponse<String> rented = rent("5", "{\"rider\":\"ben\"}");
		assertThat(rented.statusCode()).isEqualTo(201);
		lock.token(99);
		assertStale(rent("5", "{\"rider\":\"ann\",\"pause\":\"10ms\"}"));
		// Not because somebody rides the bike, but because somebody has been here.
		send("DELETE", rented.headers().firstValue("Location").orElseThrow(), "");
		assertStale(rent("5", "{\"rider\":\"ann\"}"));
		assertThat(rider("5")).isEmpty();
		lock.token(101);
		assertThat(rent("5", "{\"rider\":\"cid\"}").statusCode()).isEqualTo(201);
	}

	private static void assertStale(HttpResponse<String> refused) {
		assertProblem(refused, 409, "stale-fencing-token");
		JsonNode problem = JSON.readTree(refused.body());
		assertThat(problem.path("fencingToken").asString()).isEqualTo("99");
		assertThat(problem.path("lastToken").asString()).isEqualTo("100");
	}

	@Test
	void aLockThatSomebodyElseHoldsIsNotHad() {
		lock.held(true);
		HttpResponse<String> refused = rent("3", "{\"rider\":\"ann\",\"wait\":\"0s\"}");
		assertProblem(refused, 503, "lock-busy");
		assertThat(refused.headers().firstValue("Retry-After")).isPresent();
		assertThat(rider("3")).isEmpty();
	}

	@Test
	void aBikeThatIsNotThereIsNotLocked() {
		assertProblem(rent("99", "{\"rider\":\"ann\"}"), 404, "unknown-bike");
		assertThat(lock.calls()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{}                                | rider
			{"rider":" "}                     | rider
			{"rider":"ann","hold":"61s"}      | hold
			{"rider":"ann","hold":"-1s"}      | hold
			{"rider":"ann","hold":"long"}     | hold
			{"rider":"ann","pause":"61s"}     | pause
			{"rider":"ann","wait":"PT31S"}    | wait
			{"rider":"ann","wait":"99999999999999999999d"} | wait
			""")
	void aFieldThatIsNotAllowedIsNamed(String body, String field) {
		HttpResponse<String> refused = rent("4", body);
		assertProblem(refused, 400, "invalid-request");
		assertThat(JSON.readTree(refused.body()).path("field").asString()).isEqualTo(field);
		assertThat(lock.calls()).isEmpty();
	}

	@Test
	void whatIsNoJsonIsRefusedAsAProblem() {
		assertProblem(rent("4", "{"), 400, "bad-request");
	}

	@Test
	void itDescribesItselfAndItsHealth() {
		assertThat(send("GET", "/v3/api-docs", "").body()).contains("/bikes/{id}/rentals");
		assertThat(json("/actuator/health/readiness").path("status").asString()).isEqualTo("UP");
		assertThat(json("/actuator/health/liveness").path("status").asString()).isEqualTo("UP");
		assertThat(json("/actuator/info").path("process").path("pid").asLong())
			.isEqualTo(ProcessHandle.current().pid());
		assertThat(send("GET", "/actuator/prometheus", "").body()).contains("jvm_memory_used_bytes");
	}

	private JsonNode bikes() {
		return json("/bikes");
	}

	private String rider(String bike) {
		return bikes().path("bikes")
			.valueStream()
			.filter((each) -> bike.equals(each.path("id").asString()))
			.findFirst()
			.orElseThrow()
			.path("rider")
			.asString("");
	}

	private HttpResponse<String> rent(String bike, String body) {
		return send("POST", "/bikes/" + bike + "/rentals", body);
	}

	private JsonNode json(String path) {
		return JSON.readTree(send("GET", path, "").body());
	}

	private HttpResponse<String> send(String method, String path, String body) {
		try {
			return this.http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
				.header("Content-Type", "application/json")
				.method(method, BodyPublishers.ofString(body))
				.timeout(Duration.ofSeconds(20))
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

	private static void assertProblem(HttpResponse<String> response, int status, String type) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		JsonNode problem = JSON.readTree(response.body());
		assertThat(problem.path("type").asString()).isEqualTo("urn:roster:problem:" + type);
		assertThat(problem.path("title").asString()).isNotEmpty();
		assertThat(problem.path("detail").asString()).isNotEmpty();
	}

	private static int port() {
		return application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

}
