package io.roster.registry;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.roster.registry.history.History;
import io.roster.registry.history.HistoryEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class HistoryTests extends RegistryTest {

	@Autowired
	private History history;

	@Test
	void tellsWhatJoinedChangedAndLeft() throws Exception {
		String id = this.nodes.add("told", 9001);
		// What changes before anybody read it joined like that.
		awaitEvents("told", "JOINED REGISTERED UP");
		this.nodes.set(id, Nodes.instance("told", 9001, "OUT_OF_SERVICE"));
		awaitEvents("told", "JOINED REGISTERED UP", "UPDATED CHANGED OUT_OF_SERVICE");
		this.nodes.add("told", 9002);
		this.nodes.remove(id);
		awaitEvents("told", "JOINED REGISTERED UP", "UPDATED CHANGED OUT_OF_SERVICE", "JOINED REGISTERED UP",
				"LEFT REMOVED OUT_OF_SERVICE");
		JsonNode event = events("told").get(0);
		assertThat(event.propertyNames()).containsExactly("revision", "at", "service", "instance", "path", "change",
				"cause", "status");
		assertThat(event.get("instance").asString()).isEqualTo(id);
		assertThat(event.get("path").asString()).isEqualTo("/servers/" + id);
		assertThat(event.get("revision").asString()).matches("\\d+");
		assertThat(Instant.parse(event.get("at").asString())).isBetween(Instant.now().minusSeconds(60),
				Instant.now().plusSeconds(60));
		List<Long> revisions = events("told").stream()
			.map((each) -> each.get("revision").asString())
			.map(Long::valueOf)
			.toList();
		assertThat(revisions).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void explainsWhyARegistrationLeft() throws Exception {
		String closed = register("closed", "30s");
		assertThat(this.api.send("DELETE", "/api/v1/services/closed/instances/" + closed).statusCode()).isEqualTo(204);
		awaitEvents("closed", "JOINED REGISTERED UP", "LEFT CLOSED UP");
		register("expired", "1s");
		awaitEvents("expired", "JOINED REGISTERED UP", "LEFT EXPIRED UP");
		this.nodes.remove(register("removed", "30s"));
		awaitEvents("removed", "JOINED REGISTERED UP", "LEFT REMOVED UP");
	}

	@Test
	void theEndOfASessionLooksTheSameHoweverItCame() throws Exception {
		this.nodes.add("ended", 9001);
		this.nodes.add("ended", 9002);
		awaitEvents("ended", "JOINED REGISTERED UP", "JOINED REGISTERED UP");
		this.nodes.close();
		awaitEvents("ended", "JOINED REGISTERED UP", "JOINED REGISTERED UP", "LEFT EXPIRED UP", "LEFT EXPIRED UP");
	}

	@Test
	void whoGoesOnFromARevisionMissesNothing() throws Exception {
		this.nodes.add("resumed", 9001);
		this.nodes.add("resumed", 9002);
		awaitEvents("resumed", "JOINED REGISTERED UP", "JOINED REGISTERED UP");
		String seen = events("resumed").get(0).get("revision").asString();
		JsonNode rest = this.api.json("/api/v1/events?after=" + seen + "&limit=1000").get("events");
		assertThat(rest.valueStream().filter((event) -> event.get("service").asString().equals("resumed"))).hasSize(1);
		JsonNode one = this.api.json("/api/v1/events?limit=1");
		assertThat(one.get("events")).hasSize(1);
		assertThat(one.get("more").asBoolean()).isTrue();
		assertThat(this.api.json("/api/v1/events?after=" + Long.MAX_VALUE).get("events")).isEmpty();
	}

	@Test
	void tellsThoseWhoFollowIt() throws Exception {
		List<HistoryEvent> told = new java.util.concurrent.CopyOnWriteArrayList<>();
		try (var subscription = this.history.subscribe(told::add)) {
			String id = this.nodes.add("followed", 9001);
			await().atMost(Duration.ofSeconds(30))
				.until(() -> told.stream().anyMatch((event) -> event.instance().equals(id)));
		}
		assertThat(this.history.recent(1000)).extracting(HistoryEvent::service).contains("followed");
		assertThat(this.history.recent(1)).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "after=x, after", "after=-1, after", "after=99999999999999999999, after", "limit=0, limit",
			"limit=-1, limit", "limit=1001, limit", "limit=many, limit" })
	void whatCannotBeAskedNamesItsField(String query, String field) throws Exception {
		HttpResponse<String> refused = this.api.get("/api/v1/events?" + query);
		Problems.assertProblem(refused, 400, "invalid-request");
		assertThat(ApiClient.json(refused).get("field").asString()).isEqualTo(field);
	}

	private String register(String service, String ttl) throws Exception {
		HttpResponse<String> created = this.api.send("POST", "/api/v1/services/" + service + "/instances",
				"{\"address\":\"127.0.0.1\",\"port\":9001,\"ttl\":\"" + ttl + "\"}");
		assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
		// One with a short time to live may be gone again when this looks.
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(told(service)).startsWith("JOINED REGISTERED UP"));
		return ApiClient.json(created).get("id").asString();
	}

	private void awaitEvents(String service, String... expected) {
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(told(service)).containsExactly(expected));
	}

	private List<String> told(String service) throws Exception {
		return events(service).stream()
			.map((event) -> event.get("change").asString() + " " + event.get("cause").asString() + " "
					+ event.get("status").asString())
			.toList();
	}

	private List<JsonNode> events(String service) throws Exception {
		return this.api.json("/api/v1/events?limit=1000")
			.get("events")
			.valueStream()
			.filter((event) -> event.get("service").asString().equals(service))
			.toList();
	}

}
