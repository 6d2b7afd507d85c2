package io.roster.access.openapi;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.swagger.v3.oas.annotations.enums.ParameterIn;
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
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Completes the description of each operation: its id, its success, its problems, and
 * examples of the parameters that many have. It is called by springdoc, with one document
 * at a time.
 */
public final class OperationDefaults implements OperationCustomizer, OpenApiCustomizer {

	private static final String PROBLEM = "Problem";

	/** What an operation is about comes first, and in generated methods too. */
	private static final String PATH = ParameterIn.PATH.toString();

	private static final String PROBLEM_JSON = org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE;

	static {
		// To its reader a stream is text. springdoc has this setting nowhere else.
		SpringDocUtils.getConfig().replaceWithSchema(SseEmitter.class, new StringSchema());
	}

	private final Map<String, Object> problem;

	private final Map<String, String> parameters;

	private final Map<String, ?> answers;

	/**
	 * With the examples of a service.
	 * @param problem a refusal, with all that it may have
	 * @param parameters examples of parameters, by their names
	 * @param answers examples of answers without a type of their own, by the ids of their
	 * operations
	 */
	public OperationDefaults(ProblemDetail problem, Map<String, String> parameters, Map<String, ?> answers) {
		this.problem = members(problem);
		this.parameters = Map.copyOf(parameters);
		this.answers = Map.copyOf(answers);
	}

	/** In the order of RFC 9457. */
	private static Map<String, Object> members(ProblemDetail problem) {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("type", String.valueOf(problem.getType()));
		members.put("title", String.valueOf(problem.getTitle()));
		members.put("status", problem.getStatus());
		members.put("detail", String.valueOf(problem.getDetail()));
		members.put("instance", String.valueOf(problem.getInstance()));
		Optional.ofNullable(problem.getProperties()).ifPresent(members::putAll);
		return members;
	}

	@Override
	public Operation customize(Operation operation, HandlerMethod method) {
		operation.setOperationId(id(method));
		exemplify(operation);
		if (operation.getParameters() != null) {
			operation.setParameters(operation.getParameters()
				.stream()
				.sorted(Comparator.comparing((parameter) -> !PATH.equals(parameter.getIn())))
				.toList());
			operation.getParameters().forEach(this::exemplify);
		}
		ApiResponses responses = operation.getResponses();
		succeed(responses, method);
		responses.forEach((status, response) -> {
			if (!status.startsWith("2")) {
				refuse(response);
			}
		});
		if (!responses.containsKey("default")) {
			ApiResponse any = new ApiResponse().description("What is wrong and what to do, as RFC 9457 says.");
			refuse(any);
			responses.put("default", any);
		}
		return operation;
	}

	/** What is answered without a type of its own. */
	private void exemplify(Operation operation) {
		Object example = this.answers.get(operation.getOperationId());
		if (example != null) {
			operation.getResponses()
				.values()
				.stream()
				.filter((response) -> response.getContent() != null)
				.flatMap((response) -> response.getContent().values().stream())
				.forEach((type) -> type.setExample(example));
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

	private void exemplify(Parameter parameter) {
		String example = this.parameters.get(parameter.getName());
		if (parameter.getExample() == null && example != null) {
			parameter.setExample(example);
		}
		else if (isText(parameter.getSchema()) && String.valueOf(parameter.getExample()).matches("\\d+")) {
			// A revision, which springdoc has read from its annotation as a JSON number.
			parameter.setExample(String.valueOf(parameter.getExample()));
		}
	}

	private static boolean isText(@Nullable Schema<?> schema) {
		return schema != null && ("string".equals(schema.getType())
				|| (schema.getTypes() != null && schema.getTypes().contains("string")));
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

	/** Its examples are those of the annotation, if that has some. */
	private void refuse(ApiResponse response) {
		Content described = response.getContent();
		if (described == null || !described.keySet().equals(Set.of(PROBLEM_JSON))) {
			described = new Content().addMediaType(PROBLEM_JSON, new MediaType().example(this.problem));
			response.setContent(described);
		}
		described.values().forEach((type) -> type.setSchema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)));
	}

	@Override
	public void customise(OpenAPI document) {
		Schema<?> schema = new ObjectSchema().description(
				"An error, as RFC 9457 has it. Its type is part of the API; field names the offending part of a "
						+ "request, where there is one. Other members may be here too.");
		this.problem.forEach((name, value) -> schema.addProperty(name,
				(value instanceof Integer) ? new IntegerSchema().example(value) : new StringSchema().example(value)));
		document.getComponents().addSchemas(PROBLEM, schema);
	}

}
