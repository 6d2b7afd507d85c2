package io.roster.registry;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.roster.access.OpenApiLint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class HttpSurfaceTests extends RegistryTest {

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/nothing", "/nothing", "/error" })
	void aPathThatIsNotThereIsAProblem(String path) throws Exception {
		Problems.assertProblem(this.api.get(path), 404, "not-found");
	}

	@Test
	void aMethodThatIsNotThereIsAProblemThatNamesTheOthers() throws Exception {
		HttpResponse<String> response = this.api.send("PUT", "/api/v1/services");
		Problems.assertProblem(response, 405, "method-not-allowed");
		assertThat(response.headers().firstValue("allow")).hasValue("GET");
	}

	@Test
	void aFormThatIsNotThereIsAProblem() throws Exception {
		Problems.assertProblem(this.api.get("/api/v1/services", "Accept", "image/png"), 406, "not-acceptable");
		Problems.assertProblem(this.api.get("/api/v1/services/x/stream", "Accept", "application/json"), 406,
				"not-acceptable");
	}

	@Test
	void whatTheWebServerRefusesIsAProblemToo() throws Exception {
		Problems.assertProblem(this.api.get("/api/v1/services/a%2Fb"), 400, "invalid-request");
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream()
				.write("GET /api/v1/services/{} HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			BufferedReader lines = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
			String answer = String.join("\n", lines.lines().toList());
			assertThat(answer).contains(" 400 ").contains("application/problem+json").contains("urn:roster:problem:");
		}
	}

	@Test
	void describesItsApi() throws Exception {
		JsonNode document = this.api.json("/v3/api-docs");
		assertThat(document.get("paths").propertyNames()).contains("/api/v1/services", "/api/v1/services/{name}",
				"/api/v1/services/{name}/stream", "/api/v1/stream", "/api/v1/ensemble");
		assertThat(this.api.get("/swagger-ui.html").statusCode()).isIn(200, 302);
		assertThat(this.api.get("/").body()).contains("/swagger-ui.html");
	}

	@Test
	void itsDescriptionSatisfiesALinter() throws Exception {
		assertThat(OpenApiLint.findings(this.api.get("/v3/api-docs").body())).isEmpty();
	}

	@Test
	void saysHowItDoes() throws Exception {
		assertThat(this.api.json("/actuator/health").get("status").asString()).isEqualTo("UP");
		assertThat(this.api.json("/actuator/health/liveness").get("status").asString()).isEqualTo("UP");
		assertThat(this.api.json("/actuator/health/readiness").get("status").asString()).isEqualTo("UP");
		assertThat(this.api.json("/actuator/info").get("process").get("pid").asLong())
			.isEqualTo(ProcessHandle.current().pid());
		assertThat(this.api.get("/actuator/prometheus").body()).contains("roster_streams_open");
		Problems.assertProblem(this.api.get("/actuator/env"), 404, "not-found");
	}

	@ParameterizedTest
	@ValueSource(strings = { "templates/monitoring/rules.yaml", "files/dashboard.json" })
	void exposesWhatTheChartWatches(String file) throws Exception {
		String metrics = this.api.get("/actuator/prometheus").body();
		assertThat(Pattern.compile("roster_(discovery|streams)_[a-z_]+")
			.matcher(Files.readString(Path.of("../helm/roster", file)))
			.results()
			.map(MatchResult::group)).isNotEmpty().allMatch((name) -> metrics.contains("\n" + name));
	}

	@Test
	void showsTheEnsemble() throws Exception {
		JsonNode ensemble = this.api.json("/api/v1/ensemble");
		assertThat(ensemble.propertyNames()).containsExactly("quorum", "members");
		assertThat(ensemble.get("quorum").asBoolean()).isTrue();
		assertThat(ensemble.get("members")).hasSize(1);
		JsonNode member = ensemble.get("members").get(0);
		assertThat(member.propertyNames()).containsExactly("id", "address", "role", "epoch", "zxid", "version",
				"connections", "latencyMs");
		assertThat(member.get("role").asString()).isEqualTo("standalone");
		assertThat(member.get("zxid").isString()).isTrue();
		assertThat(member.get("version").asString()).startsWith("3.9");
		assertThat(member.get("connections").asInt()).isPositive();
	}

	@Test
	void showsTheSettingsOfASingleMember() throws Exception {
		JsonNode configuration = this.api.json("/api/v1/ensemble/configuration");
		assertThat(configuration.propertyNames()).containsExactly("parameters", "servers", "serversVersion",
				"warnings");
		assertThat(configuration.get("servers")).isEmpty();
		assertThat(configuration.get("parameters").get(0).get("values").get(0).get("value").asString())
			.isEqualTo("200");
		// A member that is alone has no followers to wait for.
		assertThat(configuration.get("parameters").get(1).get("values").get(0).get("value").isNull()).isTrue();
		assertThat(ElectionsTests.codes(configuration)).contains("single-member");
		assertThat(this.api.json("/api/v1/ensemble/elections").get("elections")).isEmpty();
	}

	@Test
	void saysWhoWouldWinAnElection() throws Exception {
		HttpResponse<String> won = simulate("""
				{"members":5,"candidates":[{"id":1,"epoch":1,"zxid":"8"},{"id":2,"epoch":1,"zxid":"0x9"},
				{"id":3,"epoch":1,"zxid":"7"}]}""");
		assertThat(won.statusCode()).isEqualTo(200);
		assertThat(ApiClient.json(won).get("winner").asInt()).isEqualTo(2);
		assertThat(ApiClient.json(won).get("quorum").asBoolean()).isTrue();
		assertThat(ApiClient.json(won).get("why").asString()).contains("zxid 9 is the greatest");
		HttpResponse<String> none = simulate("{\"members\":2,\"candidates\":[{\"id\":1,\"epoch\":1,\"zxid\":\"8\"}]}");
		assertThat(ApiClient.json(none).get("winner").isNull()).isTrue();
		assertThat(ApiClient.json(none).get("quorum").asBoolean()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{} | members", "{\"members\":0} | members", "{\"members\":3} | candidates",
					"{\"members\":3,\"candidates\":[null]} | candidates[0]",
					"{\"members\":3,\"candidates\":[{\"id\":1,\"epoch\":1,\"zxid\":\"x\"}]} | candidates[0].zxid",
					"{\"members\":3,\"candidates\":[{\"id\":1,\"epoch\":1,\"zxid\":8}]} | candidates.[].zxid",
					"{\"members\":\"three\"} | members" })
	void anElectionThatCannotBeNamesItsField(String body, String field) throws Exception {
		HttpResponse<String> refused = simulate(body);
		Problems.assertProblem(refused, 400, "invalid-request");
		assertThat(ApiClient.json(refused).get("field").asString()).isEqualTo(field);
	}

	private HttpResponse<String> simulate(String body) throws Exception {
		return this.api.send("POST", "/api/v1/ensemble/elections/simulate", body);
	}

	@Test
	void doesNotRegisterItself() throws Exception {
		assertThat(this.api.json("/api/v1/services/registry-server").get("instances")).isEmpty();
	}

}
