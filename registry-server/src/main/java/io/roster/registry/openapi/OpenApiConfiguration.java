package io.roster.registry.openapi;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

import io.roster.access.openapi.OperationDefaults;
import io.roster.registry.problem.Problem;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ProblemDetail;

/**
 * The examples of this API.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

	private static final Map<String, String> PARAMETERS = Map.of("name", "bikesvc", "id", "bikesvc0000000010", "path",
			"/teams/billing", "revision", "4294967311", "wait", "30s", "If-Match", "\"3\"", "If-None-Match", "*",
			"Last-Event-ID", "4294967311", "after", "4294967311", "limit", "100");

	private static final Map<String, String> ANSWERS = Map.of("znodeCreate", "{\"path\":\"/teams/billing\"}",
			"znodeWrite", "{\"path\":\"/teams/billing\",\"stat\":{\"version\":4}}", "ensembleSimulate",
			"{\"winner\":2,\"quorum\":true,\"why\":\"Member 2 leads, because its zxid 9 is the greatest of those with the "
					+ "greatest epoch, 1; 3 of 5 members are a strict majority.\"}");

	@Bean
	OperationDefaults operationDefaults(JsonMapper json) {
		ProblemDetail problem = Problem.INVALID_REQUEST.because("path is missing.");
		problem.setInstance(URI.create("/api/v1/znodes"));
		problem.setProperty("field", "path");
		Map<String, Object> answers = new HashMap<>();
		ANSWERS.forEach((id, answer) -> answers.put(id, json.readValue(answer, Map.class)));
		return new OperationDefaults(problem, PARAMETERS, answers);
	}

}
