package io.roster.lockservice;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import io.roster.ensemble.LocalEnsemble;
import io.roster.lockservice.Replica.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is refused, with the offending field, as a problem and without a trace in the
 * ensemble.
 */
class RefusalsTest {

	private static LocalEnsemble ensemble;

	private static Replica replica;

	private final String lease = Replica.lease("refused", UUID.randomUUID());

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		replica = Replica.start(ensemble.connectString()).awaitReady();
	}

	@AfterAll
	static void stop() {
		assertThat(replica.get("/api/v1/locks").json().path("locks")).isEmpty();
		replica.close();
		ensemble.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ttl               | {"ttl":"999ms"}
			ttl               | {"ttl":"25h"}
			ttl               | {"ttl":"30"}
			ttl               | {"ttl":"soon"}
			ttl               | {"ttl":""}
			ttl               | {"ttl":"999999999999999999d"}
			ttl               | {"ttl":30}
			ttl               | {"ttl":["30s"]}
			wait              | {"wait":"301s"}
			wait              | {"wait":"-1s"}
			wait              | {"wait":true}
			mode              | {"mode":"shared"}
			onDeadlock        | {"onDeadlock":"PANIC"}
			owner             | {"owner":7}
			owner             | {"owner":{"name":"ann"}}
			metadata          | {"metadata":"text"}
			metadata.a        | {"metadata":{"a":1}}
			metadata.a        | {"metadata":{"a":{"b":"c"}}}
			metadata.a        | {"metadata":{"a":null}}
			lease             | {"lease":"7"}
			fencingToken      | {"ttl":"30s","fencingToken":"7"}
			body              | []
			body              | {"ttl":"30s"} {}
			body              | "30s"
			""")
	void aWrongFieldIsNamed(String field, String body) {
		Answer answer = replica.put(this.lease, body);
		isProblem(answer, 400);
		assertThat(answer.field("field")).as(answer.text()).isEqualTo(field);
	}

	@ParameterizedTest
	@ValueSource(strings = { "owner", "metadata" })
	void whatIsTooLongIsNamed(String field) {
		String text = "x".repeat(3_000);
		Answer answer = replica.put(this.lease,
				field.equals("owner") ? "{\"owner\":\"" + text + "\"}" : "{\"metadata\":{\"a\":\"" + text + "\"}}");
		isProblem(answer, 400);
		assertThat(answer.field("field")).isEqualTo(field);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "\u0000", "{", "{\"ttl\":}", "{\"ttl\":\"30s\",\"ttl\":\"40s\"}", "nul", "{\"ttl\":\"30s\"" })
	void whatIsNoJsonIsSaidToBeNone(String body) {
		Answer answer = replica.put(this.lease, body);
		isProblem(answer, 400);
		assertThat(answer.field("type")).isEqualTo("urn:roster:problem:malformed-json");
		assertThat(answer.text()).doesNotContain("jackson", "Exception", "io.roster");
	}

	@ParameterizedTest
	@ValueSource(strings = { "7", "1-1-1-1-1", "not-a-uuid", "00000000-0000-0000-0000-00000000000g",
			"00000000-0000-0000-0000-0000000000000", "%2e%2e" })
	void aLeaseIsAUuid(String id) {
		Answer answer = replica.put("/api/v1/locks/refused/leases/" + id, "{}");
		isProblem(answer, 400);
		assertThat(answer.field("field")).isEqualTo("lease");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a%2Fb", "%2F", "..%2F..%2Fservers", "%2e", "%2e%2e", "%F0%9F%9A%B2", "a%00b", "a%0Ab",
			"a%1Fb", "zookeeper" })
	void aLockIsOneSegmentThatZooKeeperTakes(String name) {
		Answer answer = raw("PUT", "/api/v1/locks/" + name + "/leases/" + UUID.randomUUID(), "{}");
		isProblem(answer, 400);
		assertThat(answer.text()).doesNotContain("<html");
		Answer view = raw("GET", "/api/v1/locks/" + name, "");
		isProblem(view, 400);
	}

	@Test
	void aLocksNameHasABound() {
		Answer answer = replica.put(Replica.lease("x".repeat(201), UUID.randomUUID()), "{}");
		isProblem(answer, 400);
		assertThat(answer.field("field")).isEqualTo("lock");
	}

	@Test
	void aSemicolonMustBeEncodedBecauseTheRestOfTheNameWouldBeLost() {
		isProblem(replica.put(Replica.lease("a;b", UUID.randomUUID()), "{}"), 400);
	}

	@Test
	void aPathThatLeavesTheApiFindsNothing() {
		isProblem(raw("GET", "/api/v1/locks/../../../etc/passwd", ""), 400);
		isProblem(replica.get("/api/v1/unknown"), 404);
		isProblem(replica.get("/"), 404);
		isProblem(replica.get("/error"), 404);
		isProblem(replica.get("/actuator/env"), 404);
	}

	@Test
	void aMethodThatThePathDoesNotHaveIs405() {
		Answer answer = replica.send(replica.request(this.lease).method("PATCH", BodyPublishers.ofString("{}")));
		isProblem(answer, 405);
		assertThat(answer.header("Allow")).contains("PUT").contains("DELETE");
	}

	@Test
	void aBodyThatIsNotJsonIs415() {
		isProblem(replica.send(replica.request(this.lease)
			.setHeader("Content-Type", "text/plain")
			.PUT(BodyPublishers.ofString("ttl=30s"))), 415);
	}

	@Test
	void aClientThatWantsNoJsonIsToldSo() {
		isProblem(replica.send(replica.request("/api/v1/locks").header("Accept", "text/html")), 406);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aBodyHasABound(boolean chunked) {
		byte[] body = ("{\"owner\":\"" + "x".repeat(200_000) + "\"}").getBytes(StandardCharsets.UTF_8);
		Answer answer = replica.send(replica.request(this.lease)
			.PUT(chunked ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
					: BodyPublishers.ofByteArray(body)));
		isProblem(answer, 413);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"kind\":\"mutex\"}", "{\"kind\":7}" })
	void aKindIsOneThatThereIs(String body) {
		Answer answer = replica.put("/api/v1/locks/refused", body);
		isProblem(answer, 400);
		assertThat(answer.field("field")).isEqualTo("kind");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"kind\":\"SEMAPHORE\"}", "{\"kind\":\"SEMAPHORE\",\"permits\":\"3\"}",
			"{\"kind\":\"SEMAPHORE\",\"permits\":0}", "{\"kind\":\"SEMAPHORE\",\"permits\":1.5}",
			"{\"kind\":\"SEMAPHORE\",\"permits\":99999999999}", "{\"kind\":\"MUTEX\",\"permits\":2}" })
	void permitsAreThoseThatThereCanBe(String body) {
		Answer answer = replica.put("/api/v1/locks/refused", body);
		isProblem(answer, 400);
		assertThat(answer.field("field")).isEqualTo("permits");
	}

	@Test
	void aTokenIsADecimalString() {
		Answer answer = replica.post(this.lease + "/renew", "{\"fencingToken\":\"0x10\"}");
		isProblem(answer, 400);
		assertThat(answer.field("field")).isEqualTo("fencingToken");
	}

	private static void isProblem(Answer answer, int status) {
		assertThat(answer.status()).as(answer.text()).isEqualTo(status);
		assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(answer.field("type")).startsWith("urn:roster:problem:");
		assertThat(answer.field("title")).isNotBlank();
		assertThat(answer.field("detail")).isNotBlank();
		assertThat(answer.json().path("status").intValue()).isEqualTo(status);
		assertThat(answer.json().has("trace")).isFalse();
	}

	/**
	 * Sends a path as it is, which a client library would refuse or mend.
	 */
	private static Answer raw(String method, String path, String body) {
		try (Socket socket = new Socket(replica.url().getHost(), replica.url().getPort())) {
			String request = "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
				.formatted(method, path, body.length(), body);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return read(socket.getInputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Answer read(InputStream stream) throws IOException {
		String[] parts = new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\r\n\r\n", 2);
		int status = Integer.parseInt(parts[0].substring(9, 12));
		Map<String, List<String>> headers = parts[0].lines()
			.skip(1)
			.map((line) -> line.split(": ", 2))
			.collect(Collectors.groupingBy((line) -> line[0],
					Collectors.mapping((line) -> line[1], Collectors.toList())));
		String text = (parts.length > 1) ? parts[1] : "";
		return new Answer(status, HttpHeaders.of(headers, (name, value) -> true),
				text.contains("{") ? text.substring(text.indexOf('{'), text.lastIndexOf('}') + 1) : text);
	}

}
