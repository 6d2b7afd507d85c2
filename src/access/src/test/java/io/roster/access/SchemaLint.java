package io.roster.access;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the text of an OpenAPI document for what a parser passes over: what a generator
 * of clients would make of our classes instead of our API.
 */
final class SchemaLint {

	private static final String SCHEMAS = "#/components/schemas/";

	/** What OpenAPI 3.1 lets stand beside a reference without another meaning. */
	private static final Set<String> BESIDE_A_REFERENCE = Set.of("$ref", "summary", "description");

	/** Classes of frameworks, alone or with what they carry in their names. */
	private static final Pattern FRAMEWORK = Pattern.compile("(SseEmitter|ResponseBodyEmitter|StreamingResponseBody"
			+ "|ResponseEntity|HttpEntity|HttpHeaders|ProblemDetail|DeferredResult|WebAsyncTask|Callable"
			+ "|CompletableFuture|CompletionStage|Optional|SerializedString|SerializableString|RawValue|JsonNode"
			+ "|ObjectNode|Resource|InputStream|MultipartFile|URI|Duration|Instant|Object)([A-Z].*)?");

	private final JsonNode document;

	private final List<String> findings = new ArrayList<>();

	private SchemaLint(JsonNode document) {
		this.document = document;
	}

	/**
	 * Lints the schemas of a document, and what refers to them.
	 * @param json the document
	 * @return what is wrong, as sentences
	 */
	static List<String> findings(String json) {
		SchemaLint lint = new SchemaLint(JsonMapper.shared().readTree(json));
		lint.references("", lint.document);
		lint.names();
		lint.streams("", lint.document);
		return lint.findings;
	}

	private void references(String where, JsonNode node) {
		if (node.path("$ref").isString()) {
			Set<String> beside = new TreeSet<>(node.propertyNames());
			beside.removeAll(BESIDE_A_REFERENCE);
			if (!beside.isEmpty()) {
				this.findings.add(where + ": is a reference and " + beside + " too");
			}
		}
		node.forEachEntry((name, part) -> references(where + "/" + name, part));
	}

	private void names() {
		Set<String> named = new TreeSet<>(this.document.path("components").path("schemas").propertyNames());
		Set<String> used = used();
		for (String name : named) {
			if (FRAMEWORK.matcher(name).matches()) {
				this.findings.add(SCHEMAS + name + ": is a class of a framework, and not of the API");
			}
			if (!used.contains(name)) {
				this.findings.add(SCHEMAS + name + ": no operation refers to it");
			}
		}
	}

	/** What operations refer to, directly or by what they refer to. */
	private Set<String> used() {
		Set<String> used = new HashSet<>();
		Deque<JsonNode> toRead = new ArrayDeque<>(List.of(this.document.path("paths")));
		while (!toRead.isEmpty()) {
			for (String reference : toRead.pop().findValuesAsString("$ref")) {
				String name = reference.substring(reference.lastIndexOf('/') + 1);
				if (reference.startsWith(SCHEMAS) && used.add(name)) {
					toRead.push(this.document.path("components").path("schemas").path(name));
				}
			}
		}
		return used;
	}

	private void streams(String where, JsonNode node) {
		JsonNode stream = node.path("text/event-stream");
		if (stream.isObject() && !stream.path("schema").path("type").asString("").equals("string")) {
			this.findings.add(where + ": is a stream of events, whose schema is a string");
		}
		node.forEachEntry((name, part) -> streams(where + "/" + name, part));
	}

}
