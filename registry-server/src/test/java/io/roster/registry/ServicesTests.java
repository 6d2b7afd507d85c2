package io.roster.registry;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ServicesTests extends RegistryTest {

	@Test
	void listsInstancesWithAllThatTheirNodesSay() throws Exception {
		String id = this.nodes.add("listed", 9001);
		awaitInstances("listed", 1);
		JsonNode list = this.api.json("/api/v1/services/listed");
		assertThat(list.get("revision").isString()).isTrue();
		assertThat(list.get("stale").asBoolean()).isFalse();
		assertThat(list.get("ageMs").asLong()).isBetween(0L, 10_000L);
		assertThat(list.get("name").asString()).isEqualTo("listed");
		JsonNode instance = list.get("instances").get(0);
		assertThat(instance.propertyNames()).containsExactly("id", "name", "sequence", "path", "address", "port",
				"secure", "status", "metadata", "registeredAt", "layout", "suspect");
		assertThat(instance.get("id").asString()).isEqualTo(id);
		assertThat(instance.get("sequence").asInt()).isEqualTo(Integer.parseInt(id.substring("listed".length())));
		assertThat(instance.get("path").asString()).isEqualTo("/servers/" + id);
		assertThat(instance.get("address").asString()).isEqualTo("127.0.0.1");
		assertThat(instance.get("port").asInt()).isEqualTo(9001);
		assertThat(instance.get("status").asString()).isEqualTo("UP");
		assertThat(instance.get("metadata").get("zone").asString()).isEqualTo("a");
		assertThat(Instant.parse(instance.get("registeredAt").asString())).isBetween(Instant.now().minusSeconds(60),
				Instant.now().plusSeconds(60));
		assertThat(instance.get("layout").asString()).isEqualTo("sequential");
	}

	@Test
	void aMemberWithoutAnEndpointIsShownWithoutOne() throws Exception {
		this.nodes.add("foreign", "bikesvc");
		awaitInstances("foreign", 1);
		JsonNode instance = this.api.json("/api/v1/services/foreign").get("instances").get(0);
		assertThat(instance.get("address").isNull()).isTrue();
		assertThat(instance.get("port").isNull()).isTrue();
	}

	@Test
	void listsServicesWithTheirSizes() throws Exception {
		this.nodes.add("sized", 9001);
		this.nodes.add("sized", 9002);
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			JsonNode services = this.api.json("/api/v1/services");
			assertThat(services.get("revision").isString()).isTrue();
			assertThat(services.get("services")
				.valueStream()
				.filter((service) -> service.get("name").asString().equals("sized"))
				.map((service) -> service.get("instances").asInt())).containsExactly(2);
		});
	}

	@Test
	void saysHowLongAListIsBeforeItSendsIt() throws Exception {
		this.nodes.add("long", 9001);
		awaitInstances("long", 1);
		for (String service : List.of("long", "nobody")) {
			HttpResponse<String> list = this.api.get("/api/v1/services/" + service);
			assertThat(list.headers().firstValueAsLong("Content-Length")).hasValue(list.body().length());
			assertThat(ApiClient.json(list).propertyNames()).containsExactly("revision", "stale", "ageMs", "name",
					"instances");
		}
	}

	@Test
	void anUnknownServiceHasNoInstancesAndIsNoError() throws Exception {
		JsonNode list = this.api.json("/api/v1/services/nobody");
		assertThat(list.get("instances")).isEmpty();
		assertThat(list.get("name").asString()).isEqualTo("nobody");
	}

	@Test
	void whoHasTheListAlreadyIsToldSo() throws Exception {
		this.nodes.add("tagged", 9001);
		awaitInstances("tagged", 1);
		HttpResponse<String> first = this.api.get("/api/v1/services/tagged");
		String etag = first.headers().firstValue("etag").orElseThrow();
		HttpResponse<String> again = this.api.get("/api/v1/services/tagged", "If-None-Match", etag);
		assertThat(again.statusCode()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
		this.nodes.add("tagged", 9002);
		awaitInstances("tagged", 2);
		assertThat(this.api.get("/api/v1/services/tagged", "If-None-Match", etag).statusCode()).isEqualTo(200);
	}

	@Test
	void aWaitEndsWithTheChange() throws Exception {
		String revision = revision("awaited");
		CompletableFuture<HttpResponse<String>> later = this.api
			.getLater("/api/v1/services/awaited?revision=" + revision + "&wait=15s");
		String id = this.nodes.add("awaited", 9001);
		JsonNode list = ApiClient.json(later.get(10, TimeUnit.SECONDS));
		assertThat(list.get("instances").get(0).get("id").asString()).isEqualTo(id);
		assertThat(list.get("revision").asString()).isNotEqualTo(revision);
	}

	@Test
	void aWaitForAnotherRevisionIsOverAtOnce() throws Exception {
		HttpResponse<String> response = this.api.getLater("/api/v1/services/awaited2?revision=12345&wait=5m")
			.get(10, TimeUnit.SECONDS);
		assertThat(response.statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "300ms", "PT0.3S", "0s" })
	void aWaitEndsWithTheSameListWhenNothingChanges(String wait) throws Exception {
		String revision = revision("quiet");
		JsonNode list = this.api.json("/api/v1/services/quiet?revision=" + revision + "&wait=" + wait);
		assertThat(list.get("revision").asString()).isEqualTo(revision);
	}

	@ParameterizedTest
	@CsvSource({ "x, wait", "-1s, wait", "6m, wait", "1h, wait", "PT-1S, wait", "30, wait",
			"99999999999999999999d, wait" })
	void aWaitThatIsNoneIsRefused(String wait, String field) throws Exception {
		HttpResponse<String> response = this.api.get("/api/v1/services/quiet?revision=1&wait=" + wait);
		Problems.assertProblem(response, 400, "invalid-request");
		assertThat(ApiClient.json(response).get("field").asString()).isEqualTo(field);
		assertThat(ApiClient.json(response).get("detail").asString()).contains("'" + wait + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "revision=x&wait=1s", "revision=-1&wait=1s", "revision=&wait=1s", "revision=1.5&wait=1s",
			"revision=123456789012345678901&wait=1s", "wait=1s" })
	void aRevisionThatIsNoneIsRefused(String query) throws Exception {
		HttpResponse<String> response = this.api.get("/api/v1/services/quiet?" + query);
		Problems.assertProblem(response, 400, "invalid-request");
		assertThat(ApiClient.json(response).get("field").asString()).isEqualTo("revision");
	}

	@Test
	void aNameThatCannotBeOneIsRefused() throws Exception {
		HttpResponse<String> response = this.api.get("/api/v1/services/" + "x".repeat(300));
		Problems.assertProblem(response, 400, "invalid-request");
		assertThat(ApiClient.json(response).get("field").asString()).isEqualTo("name");
	}

	private String revision(String service) throws IOException, InterruptedException {
		return this.api.json("/api/v1/services/" + service).get("revision").asString();
	}

	private void awaitInstances(String service, int count) {
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(
					() -> assertThat(this.api.json("/api/v1/services/" + service).get("instances")).hasSize(count));
	}

	@Test
	void prometheusFindsItsTargets() throws Exception {
		String id = this.nodes.add("scraped", 9001);
		this.nodes.add("unscraped", "no endpoint");
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			JsonNode groups = this.api.json("/api/v1/prometheus/targets");
			JsonNode mine = StreamSupport.stream(groups.spliterator(), false)
				.filter((group) -> group.get("labels").get("__meta_roster_service").asString().equals("scraped"))
				.findFirst()
				.orElseThrow(() -> new AssertionError(groups.toString()));
			assertThat(mine.get("targets").get(0).asString()).isEqualTo("127.0.0.1:9001");
			assertThat(mine.get("labels").get("__meta_roster_instance").asString()).isEqualTo(id);
			assertThat(mine.get("labels").get("__meta_roster_metadata_zone").asString()).isEqualTo("a");
			assertThat(mine.get("labels").get("__scheme__").asString()).isEqualTo("http");
		});
		assertThat(this.api.json("/api/v1/prometheus/targets").toString()).doesNotContain("unscraped");
	}

}
