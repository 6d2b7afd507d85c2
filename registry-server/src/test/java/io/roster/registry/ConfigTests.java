package io.roster.registry;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.roster.registry.config.ConfigTree;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ConfigTests extends RegistryTest {

	@Autowired
	private ConfigTree tree;

	@Test
	void aValueIsWrittenWhereSpringCloudReadsItWithWhoAndWhen() throws Exception {
		Instant begin = Instant.now().minusSeconds(60);
		HttpResponse<String> written = put("writes", "ride.price", "2.50");
		assertThat(written.statusCode()).isEqualTo(200);
		String version = ApiClient.json(written).get("version").asString();
		assertThat(written.headers().firstValue("etag")).hasValue("\"" + version + "\"");
		assertThat(this.nodes.read("/config/writes/ride.price", new Stat())).isEqualTo("2.50");
		JsonNode application = this.api.json("/api/v1/config/writes");
		assertThat(application.propertyNames()).containsExactly("revision", "stale", "ageMs", "application",
				"properties");
		assertThat(application.get("revision").isString()).isTrue();
		JsonNode price = application.get("properties").get("ride.price");
		assertThat(price.get("value").asString()).isEqualTo("2.50");
		assertThat(price.get("version").asString()).isEqualTo(version);
		assertThat(price.get("by").asString()).isEqualTo("anonymous");
		assertThat(Instant.parse(price.get("at").asString())).isAfter(begin);
		assertThat(this.api.json("/api/v1/config").get("applications").valueStream())
			.anyMatch((each) -> each.get("name").asString().equals("writes") && each.get("properties").asInt() == 1);
	}

	@Test
	void aChangeOnAStaleVersionIsRefused() throws Exception {
		String first = version(put("stale", "a.b", "1"));
		String second = version(put("stale", "a.b", "2", "If-Match", "\"" + first + "\""));
		HttpResponse<String> refused = put("stale", "a.b", "3", "If-Match", "\"" + first + "\"");
		Problems.assertProblem(refused, 412, "config-changed");
		assertThat(ApiClient.json(refused).get("detail").asString()).contains(second);
		Problems.assertProblem(delete("stale", "a.b", "If-Match", "\"" + first + "\""), 412, "config-changed");
		Problems.assertProblem(put("stale", "a.b", "3", "If-None-Match", "*"), 412, "config-changed");
		Problems.assertProblem(put("stale", "a.c", "3", "If-Match", "*"), 412, "config-changed");
		assertThat(value("stale", "a.b")).isEqualTo("2");
		assertThat(delete("stale", "a.b", "If-Match", "\"" + second + "\"").statusCode()).isEqualTo(204);
		// Made anew it is another version, although its znode counts from 0 again.
		assertThat(put("stale", "a.b", "1", "If-None-Match", "*").statusCode()).isEqualTo(200);
		Problems.assertProblem(put("stale", "a.b", "4", "If-Match", first), 412, "config-changed");
	}

	@Test
	void versionsAreKeptUpToABoundAndRollBackIsAWriteOfAnOldOne() throws Exception {
		for (int i = 1; i <= 22; i++) {
			put("many", "x", "v" + i);
		}
		JsonNode versions = this.api.json("/api/v1/config/many/x/versions").get("versions");
		assertThat(versions).hasSize(20);
		assertThat(versions.get(0).get("value").asString()).isEqualTo("v22");
		assertThat(versions.get(0).get("current").asBoolean()).isTrue();
		assertThat(versions.get(19).get("value").asString()).isEqualTo("v3");
		assertThat(versions.get(19).get("current").asBoolean()).isFalse();
		String current = versions.get(0).get("version").asString();
		assertThat(put("many", "x", "v3", "If-Match", "\"" + current + "\"").statusCode()).isEqualTo(200);
		assertThat(value("many", "x")).isEqualTo("v3");
		assertThat(delete("many", "x").statusCode()).isEqualTo(204);
		JsonNode after = this.api.json("/api/v1/config/many/x/versions").get("versions");
		assertThat(after.get(0).get("value").isNull()).isTrue();
		assertThat(after.get(0).get("by").asString()).isEqualTo("anonymous");
		assertThat(after.get(1).get("value").asString()).isEqualTo("v3");
		assertThat(after).noneMatch((each) -> each.get("current").asBoolean());
		Problems.assertProblem(delete("many", "x"), 404, "no-such-property");
		Problems.assertProblem(this.api.get("/api/v1/config/many/none/versions"), 404, "no-such-property");
	}

	@Test
	void whatOthersHaveWrittenIsShownAndKeptInTheVersions() throws Exception {
		this.nodes.write("/config/foreign/ride/price", "1.00");
		Stat stat = new Stat();
		this.nodes.read("/config/foreign/ride/price", stat);
		JsonNode price = this.api.json("/api/v1/config/foreign").get("properties").get("ride.price");
		assertThat(this.api.json("/api/v1/config/foreign").get("properties")).hasSize(1);
		assertThat(price.get("value").asString()).isEqualTo("1.00");
		assertThat(price.get("by").isNull()).isTrue();
		assertThat(Instant.parse(price.get("at").asString())).isEqualTo(Instant.ofEpochMilli(stat.getMtime()));
		assertThat(put("foreign", "ride.price", "2.00", "If-Match", price.get("version").asString()).statusCode())
			.isEqualTo(200);
		// In its place, and not beside it: Spring Cloud would see two.
		assertThat(this.nodes.read("/config/foreign/ride/price", stat)).isEqualTo("2.00");
		JsonNode versions = this.api.json("/api/v1/config/foreign/ride.price/versions").get("versions");
		assertThat(versions).hasSize(2);
		assertThat(versions.get(1).get("value").asString()).isEqualTo("1.00");
		assertThat(versions.get(1).get("by").isNull()).isTrue();
		assertThat(versions.get(1).get("version").asString()).isEqualTo(price.get("version").asString());
		this.nodes.write("/config/foreign/ride/price", "3.00");
		assertThat(this.api.json("/api/v1/config/foreign").get("properties").get("ride.price").get("by").isNull())
			.isTrue();
	}

	@Test
	void whatHasPropertiesBelowItStaysWhenItsValueIsTakenAway() throws Exception {
		this.nodes.write("/config/nested/a", "1");
		this.nodes.write("/config/nested/a/b", "2");
		assertThat(this.api.json("/api/v1/config/nested").get("properties").propertyNames()).containsExactly("a",
				"a.b");
		assertThat(delete("nested", "a").statusCode()).isEqualTo(204);
		assertThat(this.api.json("/api/v1/config/nested").get("properties").propertyNames()).containsExactly("a.b");
		assertThat(put("nested", "a", "3", "If-None-Match", "*").statusCode()).isEqualTo(200);
		assertThat(value("nested", "a")).isEqualTo("3");
	}

	@Test
	void ofSeveralWhoDecideOnOneVersionOneWins() throws Exception {
		String version = version(put("race", "x", "0"));
		int writers = 4;
		CyclicBarrier start = new CyclicBarrier(writers);
		ExecutorService threads = Executors.newFixedThreadPool(writers);
		try {
			List<Future<Integer>> answers = new ArrayList<>();
			for (int i = 0; i < writers; i++) {
				String value = "w" + i;
				answers.add(threads.submit(() -> {
					start.await();
					return put("race", "x", value, "If-Match", version).statusCode();
				}));
			}
			List<Integer> codes = new ArrayList<>();
			for (Future<Integer> answer : answers) {
				codes.add(answer.get());
			}
			assertThat(codes).containsExactlyInAnyOrder(200, 412, 412, 412);
			assertThat(this.api.json("/api/v1/config/race/x/versions").get("versions")).hasSize(2);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void changesAreToldInTheProcess() throws Exception {
		Queue<String> told = new ConcurrentLinkedQueue<>();
		try (var subscription = this.tree.onChange(told::add)) {
			put("told", "x", "1");
			await().atMost(Duration.ofSeconds(20)).until(() -> told.contains("told"));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "a%20b | x | application", ".. | x | application", "-a | x | application", "a | x..y | key",
					"a | .x | key", "a | x%20y | key", "a | %F0%9F%9A%B2 | key", "%F0%9F%9A%B2 | x | application" })
	void namesThatCannotBeAreRefused(String application, String key, String field) throws Exception {
		HttpResponse<String> refused = put(application, key, "1");
		// The web server itself refuses to walk up.
		if (!application.equals("..")) {
			Problems.assertProblem(refused, 400, "invalid-request");
			assertThat(ApiClient.json(refused).get("field").asString()).isEqualTo(field);
		}
		assertThat(refused.statusCode()).isBetween(400, 499);
	}

	@Test
	void aNameOfTenThousandCharactersIsRefused() throws Exception {
		Problems.assertProblem(put("a", "x".repeat(5_000), "1"), 400, "invalid-request");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"value\":2.75}", "{\"value\":\"1\",\"more\":1}", "{\"value\":null}", "[]" })
	void aBodyThatIsNoValueIsRefused(String body) throws Exception {
		HttpResponse<String> refused = this.api.send("PUT", "/api/v1/config/bodies/x", body);
		Problems.assertProblem(refused, 400, "invalid-request");
		assertThat(this.api.json("/api/v1/config/bodies").get("properties")).isEmpty();
	}

	@Test
	void aValueThatIsTooLargeAndAConditionThatCannotBeAreRefused() throws Exception {
		HttpResponse<String> large = put("bodies", "x", "x".repeat(64 * 1024 + 1));
		Problems.assertProblem(large, 400, "invalid-request");
		assertThat(ApiClient.json(large).get("field").asString()).isEqualTo("value");
		assertThat(put("large", "x", "x".repeat(64 * 1024)).statusCode()).isEqualTo(200);
		HttpResponse<String> condition = put("bodies", "x", "1", "If-Match", "\"three\"");
		Problems.assertProblem(condition, 400, "invalid-request");
		assertThat(ApiClient.json(condition).get("field").asString()).isEqualTo("If-Match");
		Problems.assertProblem(put("bodies", "x", "1", "If-None-Match", "\"3\""), 400, "invalid-request");
	}

	private HttpResponse<String> put(String application, String key, String value, String... headers) throws Exception {
		return this.api.send("PUT", "/api/v1/config/" + application + "/" + key, "{\"value\":\"" + value + "\"}",
				headers);
	}

	private HttpResponse<String> delete(String application, String key, String... headers) throws Exception {
		return this.api.send("DELETE", "/api/v1/config/" + application + "/" + key, "", headers);
	}

	private static String version(HttpResponse<String> written) {
		assertThat(written.statusCode()).as(written.body()).isEqualTo(200);
		return ApiClient.json(written).get("version").asString();
	}

	private String value(String application, String key) throws Exception {
		return this.api.json("/api/v1/config/" + application).get("properties").get(key).get("value").asString();
	}

}
