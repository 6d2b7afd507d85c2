package io.roster.registry;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.roster.registry.EventReader.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RestRegistrationTests extends RegistryTest {

	@Test
	void aRegisteredInstanceStandsAmongTheOthers() throws Exception {
		this.nodes.add("mixed", 9001);
		HttpResponse<String> created = register("mixed",
				"{\"address\":\"10.0.0.7\",\"port\":9002,\"secure\":true,\"metadata\":{\"zone\":\"b\"},\"ttl\":\"20s\"}");
		assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
		JsonNode instance = ApiClient.json(created);
		String id = instance.get("id").asString();
		assertThat(id).matches("mixed\\d{10}");
		assertThat(created.headers().firstValue("location")).hasValue("/api/v1/services/mixed/instances/" + id);
		assertThat(instance.get("ttl").asString()).isEqualTo("20s");
		assertThat(instance.get("expiresInMs").asLong()).isBetween(0L, 20_000L);
		assertThat(instance.get("path").asString()).isEqualTo("/servers/" + id);
		assertThat(instance.get("layout").asString()).isEqualTo("sequential");
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			JsonNode listed = listed("mixed", id);
			for (String field : listed.propertyNames()) {
				assertThat(listed.get(field)).as(field).isEqualTo(instance.get(field));
			}
		});
	}

	@Test
	void heartbeatsAreNoNewsToConsumers() throws Exception {
		String id = registered("kept", "2s");
		try (EventReader reader = this.api.stream("/api/v1/services/kept/stream")) {
			await().atMost(Duration.ofSeconds(30))
				.until(() -> this.api.json("/api/v1/services/kept").get("instances").size() == 1);
			JsonNode beaten = ApiClient.json(beat("kept", id));
			assertThat(beaten.get("id").asString()).isEqualTo(id);
			assertThat(beaten.get("ttl").asString()).isEqualTo("2s");
			assertThat(beaten.get("expiresInMs").asLong()).isBetween(0L, 2_000L);
			assertThat(unregister("kept", id).statusCode()).isEqualTo(204);
			Event next = reader.next();
			while (!next.name().equals("removed")) {
				assertThat(next.name()).isIn("snapshot", "added");
				next = reader.next();
			}
		}
	}

	@Test
	void whoStaysSilentExpires() throws Exception {
		String id = registered("silent", "1s");
		await().atMost(Duration.ofSeconds(30))
			.until(() -> this.api.get("/api/v1/znodes?path=/servers/" + id).statusCode() == 404);
		Problems.assertProblem(beat("silent", id), 410, "instance-gone");
		assertThat(unregister("silent", id).statusCode()).isEqualTo(204);
		assertThat(this.api.json("/api/v1/znodes?path=/roster/registrations").get("children").toString())
			.doesNotContain(id);
	}

	@Test
	void aGoodByeLeavesNoSuspectAndNoRecord() throws Exception {
		String id = registered("polite", "30s");
		await().atMost(Duration.ofSeconds(30))
			.until(() -> this.api.json("/api/v1/services/polite").get("instances").size() == 1);
		String record = data(id).get("id").asString();
		assertThat(this.api.get("/api/v1/znodes?path=/roster/registrations/" + record).statusCode()).isEqualTo(200);
		assertThat(unregister("polite", id).statusCode()).isEqualTo(204);
		assertThat(unregister("polite", id).statusCode()).isEqualTo(204);
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.api.json("/api/v1/services/polite").get("instances")).isEmpty());
		assertThat(this.api.get("/api/v1/znodes?path=/roster/registrations/" + record).statusCode()).isEqualTo(404);
		Problems.assertProblem(beat("polite", id), 410, "instance-gone");
	}

	@Test
	void anOperatorsStatusOutlivesHeartbeats() throws Exception {
		String id = registered("drained", "3s");
		await().atMost(Duration.ofSeconds(30))
			.until(() -> this.api.json("/api/v1/services/drained").get("instances").size() == 1);
		HttpResponse<String> patched = this.api.send("PATCH", "/api/v1/services/drained/instances/" + id,
				"{\"status\":\"OUT_OF_SERVICE\"}");
		assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(ApiClient.json(beat("drained", id)).get("status").asString())
				.isEqualTo("OUT_OF_SERVICE"));
		assertThat(data(id).get("payload").get("metadata").get("instance_status").asString())
			.isEqualTo("OUT_OF_SERVICE");
	}

	@Test
	void anInstanceOfAnotherProgramIsKeptByItsSession() throws Exception {
		String id = this.nodes.add("sessions", 9001);
		Problems.assertProblem(beat("sessions", id), 409, "foreign-instance");
		Problems.assertProblem(unregister("sessions", id), 409, "foreign-instance");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{} | address", "{\"address\":\"10.0.0.7\"} | port",
			"{\"address\":\"not a host\",\"port\":1} | address", "{\"address\":7,\"port\":1} | address",
			"{\"address\":\"a\",\"port\":0} | port", "{\"address\":\"a\",\"port\":65536} | port",
			"{\"address\":\"a\",\"port\":\"80\"} | port", "{\"address\":\"a\",\"port\":80.5} | port",
			"{\"address\":\"a\",\"port\":99999999999} | port",
			"{\"address\":\"a\",\"port\":1,\"secure\":\"yes\"} | secure",
			"{\"address\":\"a\",\"port\":1,\"secure\":1} | secure",
			"{\"address\":\"a\",\"port\":1,\"metadata\":[]} | metadata",
			"{\"address\":\"a\",\"port\":1,\"metadata\":{\"k\":null}} | metadata",
			"{\"address\":\"a\",\"port\":1,\"metadata\":{\"k\":1}} | metadata.k",
			"{\"address\":\"a\",\"port\":1,\"metadata\":{\"instance_status\":\"UP\"}} | metadata",
			"{\"address\":\"a\",\"port\":1,\"ttl\":\"30\"} | ttl", "{\"address\":\"a\",\"port\":1,\"ttl\":30} | ttl",
			"{\"address\":\"a\",\"port\":1,\"ttl\":\"-1s\"} | ttl",
			"{\"address\":\"a\",\"port\":1,\"ttl\":\"999ms\"} | ttl",
			"{\"address\":\"a\",\"port\":1,\"ttl\":\"25h\"} | ttl",
			"{\"address\":\"a\",\"port\":1,\"host\":\"b\"} | host", "[] | body", "no | body" })
	void aBodyThatCannotBeNamesItsField(String body, String field) throws Exception {
		HttpResponse<String> refused = register("refused", body);
		Problems.assertProblem(refused, 400, "invalid-request");
		assertThat(ApiClient.json(refused).get("field").asString()).isEqualTo(field);
		assertThat(this.api.json("/api/v1/services/refused").get("instances")).isEmpty();
	}

	@Test
	void tooMuchMetadataIsRefused() throws Exception {
		HttpResponse<String> refused = register("refused",
				"{\"address\":\"a\",\"port\":1,\"metadata\":{\"k\":\"" + "x".repeat(100_000) + "\"}}");
		Problems.assertProblem(refused, 400, "invalid-request");
		assertThat(ApiClient.json(refused).get("field").asString()).isEqualTo("metadata");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x-", "%20", "a%00b", "emoji-%F0%9F%9A%B2x" })
	void aNameThatCannotBeOneIsRefused(String name) throws Exception {
		HttpResponse<String> refused = register(name, "{\"address\":\"127.0.0.1\",\"port\":9001}");
		Problems.assertProblem(refused, 400, "invalid-request");
	}

	@Test
	void aNameThatIsTooLongIsRefused() throws Exception {
		HttpResponse<String> refused = register("n".repeat(7_000), "{\"address\":\"127.0.0.1\",\"port\":9001}");
		Problems.assertProblem(refused, 400, "invalid-request");
		assertThat(ApiClient.json(refused).get("field").asString()).isEqualTo("name");
		assertThat(register("n".repeat(10_000), "{\"address\":\"127.0.0.1\",\"port\":9001}").statusCode())
			.isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "..", ".", "a/b", "../x", "/" })
	void aPathIsNoName(String name) throws Exception {
		HttpResponse<String> refused = register(URLEncoder.encode(name, StandardCharsets.UTF_8),
				"{\"address\":\"127.0.0.1\",\"port\":9001}");
		assertThat(refused.statusCode()).isBetween(400, 405);
		assertThat(refused.headers().firstValue("content-type")).hasValue("application/problem+json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "with a space", "bücher", "单车" })
	void aNameMayBeInAnyLanguage(String name) throws Exception {
		String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
		HttpResponse<String> created = register(encoded, "{\"address\":\"127.0.0.1\",\"port\":9001}");
		assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
		String location = created.headers().firstValue("location").orElseThrow();
		assertThat(ApiClient.json(created).get("name").asString()).isEqualTo(name);
		assertThat(this.api.send("PUT", location + "/heartbeat").statusCode()).isEqualTo(200);
		assertThat(this.api.send("DELETE", location).statusCode()).isEqualTo(204);
	}

	@ParameterizedTest
	@ValueSource(strings = { "other0000000001", "gone", "gone0000009999", "gone00000000010", "x" })
	void whatWasNeverRegisteredIsGone(String id) throws Exception {
		Problems.assertProblem(beat("gone", id), 410, "instance-gone");
		assertThat(unregister("gone", id).statusCode()).isEqualTo(204);
	}

	private String registered(String service, String ttl) throws Exception {
		HttpResponse<String> created = register(service,
				"{\"address\":\"127.0.0.1\",\"port\":9001,\"ttl\":\"" + ttl + "\"}");
		assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
		return ApiClient.json(created).get("id").asString();
	}

	private HttpResponse<String> register(String service, String body) throws Exception {
		return this.api.send("POST", "/api/v1/services/" + service + "/instances", body);
	}

	private HttpResponse<String> beat(String service, String id) throws Exception {
		return this.api.send("PUT", "/api/v1/services/" + service + "/instances/" + id + "/heartbeat");
	}

	private HttpResponse<String> unregister(String service, String id) throws Exception {
		return this.api.send("DELETE", "/api/v1/services/" + service + "/instances/" + id);
	}

	private JsonNode listed(String service, String id) throws IOException, InterruptedException {
		return this.api.json("/api/v1/services/" + service)
			.get("instances")
			.valueStream()
			.filter((instance) -> instance.get("id").asString().equals(id))
			.findFirst()
			.orElseThrow(() -> new AssertionError(id + " is not listed"));
	}

	private JsonNode data(String id) throws Exception {
		return ApiClient.parse(this.api.json("/api/v1/znodes?path=/servers/" + id).get("data").asString());
	}

}
