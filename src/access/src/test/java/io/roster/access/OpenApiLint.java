package io.roster.access;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;

/**
 * Reads the OpenAPI document of a service as a generator of clients does, and asks more
 * of it than that it can be read.
 */
public final class OpenApiLint {

	private static final String PROBLEM = "application/problem+json";

	/** What says by its type what it looks like. */
	private static final Set<String> PLAIN = Set.of("boolean", "integer", "number");

	private final OpenAPI document;

	private final List<String> findings = new ArrayList<>();

	private final Set<String> operationIds = new HashSet<>();

	private OpenApiLint(OpenAPI document) {
		this.document = document;
	}

	/**
	 * Lints a document.
	 * @param json the document
	 * @return what is wrong with it, as sentences; empty if nothing is
	 */
	public static List<String> findings(String json) {
		ParseOptions options = new ParseOptions();
		options.setResolve(true);
		SwaggerParseResult result = new OpenAPIV3Parser().readContents(json, null, options);
		if (result.getOpenAPI() == null) {
			return List.of("It is no OpenAPI document: " + result.getMessages());
		}
		OpenApiLint lint = new OpenApiLint(result.getOpenAPI());
		lint.findings.addAll(result.getMessages());
		lint.findings.addAll(SchemaLint.findings(json));
		result.getOpenAPI()
			.getPaths()
			.forEach((path, item) -> item.readOperationsMap()
				.forEach((method, operation) -> lint.operation(method + " " + path, operation)));
		return lint.findings;
	}

	private void operation(String name, Operation operation) {
		String id = String.valueOf(operation.getOperationId());
		require(!this.operationIds.contains(id) && id.matches("[a-z][A-Za-z]+"), name,
				"needs an operationId of its own, of letters, and has " + id);
		this.operationIds.add(id);
		require(hasText(operation.getSummary()), name, "needs a summary");
		require(operation.getTags() != null && operation.getTags().size() == 1, name, "needs one tag");
		if (operation.getParameters() != null) {
			operation.getParameters().forEach((parameter) -> parameter(name, parameter));
		}
		if (operation.getRequestBody() != null) {
			content(name + " body", operation.getRequestBody().getContent());
		}
		require(operation.getResponses().keySet().stream().anyMatch((status) -> status.startsWith("2")), name,
				"needs a response of success");
		require(operation.getResponses().keySet().stream().anyMatch((status) -> !status.startsWith("2")), name,
				"needs a response that is a problem");
		operation.getResponses().forEach((status, response) -> response(name + " " + status, status, response));
	}

	private void parameter(String operation, Parameter parameter) {
		Schema<?> schema = resolved(parameter.getSchema());
		require(parameter.getExample() != null || isPlain(schema) || schema.getDefault() != null
				|| schema.getExample() != null, operation, "needs an example of its parameter " + parameter.getName());
		require(!(parameter.getExample() instanceof Number) || isPlain(schema), operation,
				"has a number as the example of " + parameter.getName() + ", which is text");
	}

	private void response(String name, String status, ApiResponse response) {
		require(hasText(response.getDescription()), name, "needs a description");
		if (response.getHeaders() != null) {
			response.getHeaders()
				.forEach((header, described) -> require(described.getSchema() != null, name,
						"needs a schema of its header " + header));
		}
		Content content = response.getContent();
		if (!status.startsWith("2")) {
			require(content != null && content.keySet().equals(Set.of(PROBLEM)), name, "is a problem, as " + PROBLEM);
		}
		if (content != null) {
			content(name, content);
		}
	}

	private void content(String name, Content content) {
		require(!content.containsKey("*/*"), name, "says what type its content is");
		for (Map.Entry<String, MediaType> type : content.entrySet()) {
			boolean given = type.getValue().getExample() != null
					|| (type.getValue().getExamples() != null && !type.getValue().getExamples().isEmpty());
			if (!given && !type.getKey().equals("text/event-stream")) {
				example(name, type.getValue().getSchema(), Collections.newSetFromMap(new IdentityHashMap<>()));
			}
		}
	}

	/** What has none itself has one in each of its parts. */
	private void example(String name, Schema<?> reference, Set<Schema<?>> seen) {
		Schema<?> schema = resolved(reference);
		if (!seen.add(schema) || isPlain(schema) || schema.getExample() != null
				|| (schema.getExamples() != null && !schema.getExamples().isEmpty())) {
			return;
		}
		if (schema.getItems() != null) {
			example(name + "[]", schema.getItems(), seen);
		}
		else if (schema.getProperties() != null) {
			schema.getProperties().forEach((property, part) -> example(name + "." + property, part, seen));
		}
		else if (schema.getAdditionalProperties() instanceof Schema<?> part) {
			example(name + "{}", part, seen);
		}
		else {
			this.findings.add(name + ": needs an example");
		}
	}

	private Schema<?> resolved(Schema<?> schema) {
		String reference = schema.get$ref();
		if (reference == null) {
			return schema;
		}
		String name = reference.substring(reference.lastIndexOf('/') + 1);
		return Objects.requireNonNull(this.document.getComponents().getSchemas().get(name), reference);
	}

	private static boolean isPlain(Schema<?> schema) {
		Set<String> types = (schema.getTypes() != null) ? schema.getTypes() : Set.of(String.valueOf(schema.getType()));
		return types.stream().anyMatch(PLAIN::contains) || schema.getEnum() != null || schema.getFormat() != null;
	}

	private static boolean hasText(String text) {
		return text != null && !text.isBlank();
	}

	private void require(boolean kept, String where, String rule) {
		if (!kept) {
			this.findings.add(where + ": " + rule);
		}
	}

}
