package io.roster.registry;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;

class ZnodesTests extends RegistryTest {

	private static final String API = "/api/v1/znodes";

	private final String top = "/t" + UUID.randomUUID();

	@BeforeEach
	void makeTheTop() throws Exception {
		assertThat(create(this.top, "hello", "PERSISTENT").statusCode()).isEqualTo(201);
	}

	@Test
	void aZnodeIsMadeReadWrittenAndDeleted() throws Exception {
		JsonNode made = this.api.json(at(this.top));
		assertThat(made.propertyNames()).containsExactly("path", "data", "encoding", "stat", "children");
		assertThat(made.get("data").asString()).isEqualTo("hello");
		assertThat(made.get("encoding").asString()).isEqualTo("utf-8");
		JsonNode stat = made.get("stat");
		assertThat(stat.propertyNames()).containsExactly("czxid", "mzxid", "pzxid", "ctime", "mtime", "version",
				"cversion", "aversion", "ephemeralOwner", "dataLength", "numChildren");
		assertThat(stat.get("czxid").isString()).isTrue();
		assertThat(stat.get("version").asInt()).isZero();
		assertThat(stat.get("dataLength").asInt()).isEqualTo(5);
		assertThat(stat.get("ctime").asString()).endsWith("Z");
		assertThat(write("world", "\"0\"").statusCode()).isEqualTo(200);
		assertThat(this.api.json(at(this.top)).get("data").asString()).isEqualTo("world");
		assertThat(this.api.send("DELETE", at(this.top)).statusCode()).isEqualTo(204);
		Problems.assertProblem(this.api.get(at(this.top)), 404, "no-such-znode");
	}

	@Test
	void aStaleVersionChangesNothing() throws Exception {
		HttpResponse<String> first = write("one", "\"0\"");
		assertThat(first.headers().firstValue("ETag")).hasValue("\"1\"");
		Problems.assertProblem(write("two", "\"0\""), 412, "stale-version");
		Problems.assertProblem(this.api.send("DELETE", at(this.top), "", "If-Match", "\"0\""), 412, "stale-version");
		assertThat(this.api.json(at(this.top)).get("data").asString()).isEqualTo("one");
		assertThat(write("two", "*").statusCode()).isEqualTo(200);
		assertThat(this.api.send("DELETE", at(this.top), "", "If-Match", "2").statusCode()).isEqualTo(204);
	}

	@Test
	void theModesMakeWhatTheySay() throws Exception {
		String numbered = created(create(this.top + "/n-", "", "PERSISTENT_SEQUENTIAL"));
		assertThat(numbered).isEqualTo(this.top + "/n-0000000000");
		assertThat(created(create(this.top + "/n-", "", "PERSISTENT_SEQUENTIAL"))).endsWith("0000000001");
		HttpResponse<String> container = create(this.top + "/box", "", "CONTAINER");
		assertThat(created(container)).isEqualTo(this.top + "/box");
		assertThat(this.api.json(container.headers().firstValue("Location").orElseThrow()).get("path").asString())
			.isEqualTo(this.top + "/box");
		assertThat(this.api.json(at(this.top)).get("children")).extracting(JsonNode::asString)
			.containsExactly("box", "n-0000000000", "n-0000000001");
		HttpResponse<String> ephemeral = create(this.top + "/e", "", "EPHEMERAL");
		Problems.assertProblem(ephemeral, 400, "invalid-request");
		assertThat(ephemeral.body()).contains("session");
	}

	@Test
	void aTreeIsDeletedWholeOrNotAtAll() throws Exception {
		for (String below : new String[] { "/a", "/a/b", "/a/b/c", "/d" }) {
			created(create(this.top + below, "", "PERSISTENT"));
		}
		Problems.assertProblem(this.api.send("DELETE", at(this.top)), 409, "znode-has-children");
		Problems.assertProblem(this.api.send("DELETE", at(this.top) + "&recursive=true", "", "If-Match", "\"7\""), 412,
				"stale-version");
		assertThat(this.api.get(at(this.top + "/a/b/c")).statusCode()).isEqualTo(200);
		assertThat(this.api.send("DELETE", at(this.top) + "&recursive=true").statusCode()).isEqualTo(204);
		assertThat(this.api.get(at(this.top)).statusCode()).isEqualTo(404);
		Problems.assertProblem(this.api.send("DELETE", at(this.top) + "&recursive=true"), 404, "no-such-znode");
	}

	@Test
	void anyBytesSurvive() throws Exception {
		byte[] bytes = new byte[100_000];
		new Random(8).nextBytes(bytes);
		String text = Base64.getEncoder().encodeToString(bytes);
		assertThat(this.api.send("PUT", at(this.top), body(text, "base64")).statusCode()).isEqualTo(200);
		JsonNode read = this.api.json(at(this.top));
		assertThat(read.get("encoding").asString()).isEqualTo("base64");
		assertThat(Base64.getDecoder().decode(read.get("data").asString())).isEqualTo(bytes);
		assertThat(write("héllo 雪 \u0000 \"quoted\"", "*").statusCode()).isEqualTo(200);
		assertThat(this.api.json(at(this.top)).get("data").asString()).isEqualTo("héllo 雪 \u0000 \"quoted\"");
		assertThat(this.api.json(at(this.top) + "&encoding=base64").get("data").asString()).isEqualTo(
				Base64.getEncoder().encodeToString("héllo 雪 \u0000 \"quoted\"".getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void aMegabyteFitsAndNoMore() throws Exception {
		char[] much = new char[1_047_000];
		Arrays.fill(much, 'x');
		assertThat(write(new String(much), "*").statusCode()).isEqualTo(200);
		assertThat(this.api.json(at(this.top)).get("data").asString()).hasSize(much.length);
		Problems.assertProblem(write(new String(much) + "x".repeat(2_000), "*"), 413, "too-large-for-zookeeper");
		assertThat(this.api.json(at(this.top)).get("stat").get("version").asInt()).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "", "/a/", "//a", "/a/../b", "/a/./b", "/\u0000", "/😀" })
	void aPathThatCannotBeIsRefused(String path) throws Exception {
		Problems.assertProblem(this.api.get(at(path)), 400, "invalid-request");
		HttpResponse<String> refused = create(path, "", "PERSISTENT");
		Problems.assertProblem(refused, 400, "invalid-request");
		assertThat(ApiClient.json(refused).get("field").asString()).isEqualTo("path");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"path\":\"/x\",\"more\":1} | more", "{\"path\":7} | path", "[] | body", "{ | body",
					"{\"path\":\"/x\",\"encoding\":\"utf-16\"} | encoding",
					"{\"path\":\"/x\",\"data\":\"%\",\"encoding\":\"base64\"} | data",
					"{\"path\":\"/x\",\"mode\":\"odd\"} | mode", "{} | path" })
	void aBodyThatCannotBeNamesItsField(String body, String field) throws Exception {
		HttpResponse<String> refused = this.api.send("POST", API, body);
		Problems.assertProblem(refused, 400, "invalid-request");
		assertThat(ApiClient.json(refused).get("field").asString()).isEqualTo(field);
		assertThat(this.api.get(at("/x")).statusCode()).isEqualTo(404);
	}

	@Test
	void parametersAreChecked() throws Exception {
		Problems.assertProblem(this.api.get(API), 400, "invalid-request");
		Problems.assertProblem(this.api.send("DELETE", at(this.top) + "&recursive=perhaps"), 400, "invalid-request");
		Problems.assertProblem(write("x", "\"newest\""), 400, "invalid-request");
		Problems.assertProblem(this.api.get(at(this.top) + "&encoding=hex"), 400, "invalid-request");
		assertThat(this.api.json(at(this.top)).get("stat").get("version").asInt()).isZero();
	}

	@Test
	void whatIsThereIsNotMadeAgainAndWhatHasNoParentNeither() throws Exception {
		Problems.assertProblem(create(this.top, "other", "PERSISTENT"), 409, "znode-exists");
		Problems.assertProblem(create(this.top + "/none/child", "", "PERSISTENT"), 404, "no-such-znode");
		String owned = "/servers/" + this.nodes.add("parent", 9001);
		Problems.assertProblem(this.api.send("POST", API + "?force=true", body(owned + "/child", "", "PERSISTENT")),
				409, "ephemeral-parent");
	}

	@Test
	void whatOthersRelyOnIsChangedOnlyOnPurpose() throws Exception {
		this.nodes.add("guarded", 9001);
		for (String path : new String[] { "/servers", "/servers/x", "/locks/a", "/roster", "/config/app",
				"/services" }) {
			Problems.assertProblem(create(path, "", "PERSISTENT"), 403, "protected-znode");
			Problems.assertProblem(this.api.send("DELETE", at(path) + "&recursive=true"), 403, "protected-znode");
		}
		for (String own : new String[] { "/zookeeper", "/zookeeper/quota", "/" }) {
			Problems.assertProblem(this.api.send("DELETE", at(own) + "&recursive=true&force=true"), 403,
					"protected-znode");
		}
		String mine = "/servers/" + this.nodes.add("forced", 9001);
		Problems.assertProblem(this.api.send("DELETE", at(mine)), 403, "protected-znode");
		assertThat(this.api.send("DELETE", at(mine) + "&force=true").statusCode()).isEqualTo(204);
	}

	@Test
	void aStreamTellsWhatHappensBelowAPath() throws Exception {
		try (EventReader near = this.api.stream(API + "/stream?path=" + encoded(this.top));
				EventReader all = this.api.stream(API + "/stream?recursive=true&path=" + encoded(this.top))) {
			near.nextOfAll();
			all.nextOfAll();
			awaitRead(near);
			awaitRead(all);
			created(create(this.top + "/a", "", "PERSISTENT"));
			created(create(this.top + "/a/b", "", "PERSISTENT"));
			write("changed", "*");
			this.api.send("DELETE", at(this.top) + "&recursive=true");
			assertThat(told(all, "created")).isEqualTo(this.top + "/a");
			assertThat(told(all, "created")).isEqualTo(this.top + "/a/b");
			assertThat(told(all, "changed")).isEqualTo(this.top);
			assertThat(told(all, "deleted")).isEqualTo(this.top + "/a/b");
			assertThat(told(all, "deleted")).isEqualTo(this.top + "/a");
			assertThat(told(all, "deleted")).isEqualTo(this.top);
			assertThat(told(near, "created")).isEqualTo(this.top + "/a");
			assertThat(told(near, "changed")).isEqualTo(this.top);
			assertThat(told(near, "deleted")).isEqualTo(this.top + "/a");
			assertThat(told(near, "deleted")).isEqualTo(this.top);
		}
	}

	/** What comes then is told as it happens. */
	private static void awaitRead(EventReader reader) throws InterruptedException {
		while (reader.nextOfAll().data().get("stale").asBoolean()) {
			assertThat(reader).isNotNull();
		}
	}

	private static String told(EventReader reader, String event) throws InterruptedException {
		return reader.next(event).data().get("path").asString();
	}

	private HttpResponse<String> create(String path, String data, String mode) throws Exception {
		return this.api.send("POST", API, body(path, data, mode));
	}

	private static String created(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
		return ApiClient.json(response).get("path").asString();
	}

	private HttpResponse<String> write(String data, String version) throws Exception {
		return this.api.send("PUT", at(this.top), body(data, "utf-8"), "If-Match", version);
	}

	private static String body(String data, String encoding) {
		return JsonNodeFactory.instance.objectNode().put("data", data).put("encoding", encoding).toString();
	}

	private static String body(String path, String data, String mode) {
		return JsonNodeFactory.instance.objectNode().put("path", path).put("data", data).put("mode", mode).toString();
	}

	private static String at(String path) {
		return API + "?path=" + encoded(path);
	}

	private static String encoded(String path) {
		return URLEncoder.encode(path, StandardCharsets.UTF_8);
	}

}
