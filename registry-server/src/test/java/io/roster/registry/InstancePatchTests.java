package io.roster.registry;

import java.net.http.HttpResponse;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class InstancePatchTests extends RegistryTest {

	@Test
	void anInstanceIsDrainedAndPutBack() throws Exception {
		String id = add("drained");
		HttpResponse<String> drained = patch("drained", id, "{\"status\":\"DRAINING\"}");
		assertThat(drained.statusCode()).as(drained.body()).isEqualTo(200);
		assertThat(ApiClient.json(drained).get("status").asString()).isEqualTo("DRAINING");
		assertThat(ApiClient.json(drained).get("metadata").get("zone").asString()).isEqualTo("a");
		assertThat(payload(id).get("metadata").get("instance_status").asString()).isEqualTo("DRAINING");
		awaitStatus("drained", "DRAINING");
		assertThat(patch("drained", id, "{\"status\":\"UP\"}").statusCode()).isEqualTo(200);
		awaitStatus("drained", "UP");
	}

	@Test
	void metadataIsMergedAndAllElseStays() throws Exception {
		String id = add("merged");
		JsonNode before = data(id);
		JsonNode after = ApiClient.json(patch("merged", id, "{\"metadata\":{\"zone\":null,\"weight\":\"3\"}}"));
		assertThat(after.get("metadata").propertyNames()).containsExactly("weight");
		assertThat(after.get("status").asString()).isEqualTo("UP");
		assertThat(data(id).get("id")).isEqualTo(before.get("id"));
		assertThat(data(id).get("registrationTimeUTC")).isEqualTo(before.get("registrationTimeUTC"));
		assertThat(payload(id).get("@class")).isEqualTo(before.get("payload").get("@class"));
	}

	@Test
	void whatIsNotThereOrNotOursIsSaid() throws Exception {
		Problems.assertProblem(patch("nowhere", "nowhere0000000001", "{\"status\":\"UP\"}"), 404, "no-such-instance");
		String foreign = this.nodes.add("foreign", "127.0.0.1:9001");
		awaitListed("foreign");
		Problems.assertProblem(patch("foreign", foreign, "{\"status\":\"DRAINING\"}"), 409, "foreign-instance");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{} | body", "{\"status\":\"up\"} | status", "{\"status\":1} | status",
					"{\"metadata\":{\"instance_status\":\"UP\"}} | metadata", "{\"metadata\":[]} | metadata",
					"{\"state\":\"UP\"} | state" })
	void aBodyThatCannotBeNamesItsField(String body, String field) throws Exception {
		HttpResponse<String> refused = patch("any", "any0000000001", body);
		Problems.assertProblem(refused, 400, "invalid-request");
		assertThat(ApiClient.json(refused).get("field").asString()).isEqualTo(field);
	}

	private String add(String service) throws Exception {
		String id = this.nodes.add(service, 9001);
		awaitListed(service);
		return id;
	}

	private void awaitListed(String service) {
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.api.json("/api/v1/services/" + service).get("instances")).hasSize(1));
	}

	private void awaitStatus(String service, String status) {
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(
					this.api.json("/api/v1/services/" + service).get("instances").get(0).get("status").asString())
				.isEqualTo(status));
	}

	private HttpResponse<String> patch(String service, String id, String body) throws Exception {
		return this.api.send("PATCH", "/api/v1/services/" + service + "/instances/" + id, body);
	}

	private JsonNode payload(String id) throws Exception {
		return data(id).get("payload");
	}

	private JsonNode data(String id) throws Exception {
		return ApiClient.parse(this.api.json("/api/v1/znodes?path=/servers/" + id).get("data").asString());
	}

}
