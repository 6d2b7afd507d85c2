package io.roster.registry.openapi;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.roster.registry.problem.Problem;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import lombok.RequiredArgsConstructor;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;

/**
 * Completes the description of each operation.
 */
@Component
@RequiredArgsConstructor
class OperationDefaults implements OperationCustomizer, OpenApiCustomizer {

	private static final String PROBLEM = "Problem";

	private static final String PROBLEM_JSON = org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE;

	private static final Map<String, String> EXAMPLES = Map.of("name", "bikesvc", "id", "bikesvc0000000010", "path",
			"/teams/billing", "revision", "4294967311", "wait", "30s", "If-Match", "\"3\"", "If-None-Match", "*",
			"Last-Event-ID", "4294967311", "after", "4294967311", "limit", "100");

	private static final Map<String, String> ANSWERS = Map.of("znodeCreate", "{\"path\":\"/teams/billing\"}",
			"znodeWrite", "{\"path\":\"/teams/billing\",\"stat\":{\"version\":4}}", "ensembleSimulate",
			"{\"winner\":2,\"quorum\":true,\"why\":\"Member 2 leads, because its zxid 9 is the greatest of those with the "
					+ "greatest epoch, 1; 3 of 5 members are a strict majority.\"}");

	private final JsonMapper json;

	@Override
	public Operation customize(Operation operation, HandlerMethod method) {
		operation.setOperationId(id(method));
		exemplify(operation);
		if (operation.getParameters() != null) {
			operation.getParameters().forEach(OperationDefaults::exemplify);
		}
		ApiResponses responses = operation.getResponses();
		succeed(responses, method);
		responses.forEach((status, response) -> {
			if (!status.startsWith("2")) {
				response.setContent(problem());
			}
		});
		if (!responses.containsKey("default")) {
			responses.put("default", new ApiResponse().description("What is wrong and what to do, as RFC 9457 says.")
				.content(problem()));
		}
		return operation;
	}

	/** What is answered without a type of its own. */
	private void exemplify(Operation operation) {
		String example = ANSWERS.get(operation.getOperationId());
		if (example != null) {
			operation.getResponses()
				.values()
				.stream()
				.filter((response) -> response.getContent() != null)
				.flatMap((response) -> response.getContent().values().stream())
				.forEach((type) -> type.setExample(this.json.readValue(example, Map.class)));
		}
	}

	/** Names of methods alone come twice, and would be numbered in no stable order. */
	private static String id(HandlerMethod method) {
		io.swagger.v3.oas.annotations.Operation annotation = method
			.getMethodAnnotation(io.swagger.v3.oas.annotations.Operation.class);
		if (annotation != null && !annotation.operationId().isEmpty()) {
			return annotation.operationId();
		}
		String controller = method.getBeanType().getSimpleName().replaceAll("Controller$", "");
		return StringUtils.uncapitalize(controller) + StringUtils.capitalize(method.getMethod().getName());
	}

	private static void exemplify(Parameter parameter) {
		String example = EXAMPLES.get(parameter.getName());
		if (parameter.getExample() == null && example != null) {
			parameter.setExample(example);
		}
	}

	/**
	 * Where an annotation names problems alone, what is answered in the good case has
	 * been put under each of them.
	 */
	private static void succeed(ApiResponses responses, HandlerMethod method) {
		if (responses.keySet().stream().anyMatch((status) -> status.startsWith("2"))) {
			return;
		}
		ResponseStatus annotation = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(),
				ResponseStatus.class);
		HttpStatus status = (annotation != null) ? annotation.code() : HttpStatus.OK;
		Optional<Content> content = responses.values()
			.stream()
			.map(ApiResponse::getContent)
			.filter((each) -> each != null && !each.containsKey(PROBLEM_JSON))
			.findFirst();
		ApiResponse success = new ApiResponse().description(status.getReasonPhrase());
		content.ifPresent(success::setContent);
		responses.put(Integer.toString(status.value()), success);
	}

	private static Content problem() {
		return new Content().addMediaType(PROBLEM_JSON,
				new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)));
	}

	@Override
	public void customise(OpenAPI document) {
		Problem example = Problem.INVALID_REQUEST;
		String type = example.name().toLowerCase(Locale.ROOT).replace('_', '-');
		document.getComponents()
			.addSchemas(PROBLEM,
					new ObjectSchema().addProperty("type", text("urn:roster:problem:" + type))
						.addProperty("title", text(String.valueOf(example.detail().getTitle())))
						.addProperty("status", new IntegerSchema().example(example.detail().getStatus()))
						.addProperty("detail", text(String.valueOf(example.detail().getDetail())))
						.addProperty("instance", text("/api/v1/znodes"))
						.addProperty("field",
								text("path").description("The offending part of the request, where there is one")));
	}

	private static Schema<?> text(String example) {
		return new StringSchema().example(example);
	}

}
