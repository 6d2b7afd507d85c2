package io.roster.access;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OpenApiLintTests {

	private static final String NAME = "{'type':'string','example':'bikesvc'}";

	private static final String REFERENCE = "{'$ref':'#/components/schemas/Thing'}";

	@Test
	void whatIsWellDescribedPasses() {
		assertThat(findings("application/json", REFERENCE, "Thing",
				"{'type':'object','properties':{'name':" + NAME + "}}"))
			.isEmpty();
	}

	@Test
	void aReferenceWithADescriptionPasses() {
		assertThat(findings("application/json", "{'$ref':'#/components/schemas/Thing','description':'a thing'}",
				"Thing", NAME))
			.isEmpty();
	}

	@Test
	void aReferenceThatIsAnArrayTooIsFound() {
		assertThat(findings("application/json", "{'$ref':'#/components/schemas/Thing','items':{'type':'string'}}",
				"Thing", NAME))
			.singleElement()
			.asString()
			.endsWith("/schema: is a reference and [items] too");
	}

	@Test
	void aSchemaThatNobodyRefersToIsFound() {
		assertThat(findings("application/json", NAME, "Thing",
				"{'type':'object','properties':{'next':{'$ref':'#/components/schemas/Thing'}}}"))
			.containsExactly("#/components/schemas/Thing: no operation refers to it");
	}

	@ParameterizedTest
	@CsvSource({ "SseEmitter", "ResponseEntity", "ResponseEntityThing", "SerializedString", "StreamingResponseBody",
			"ProblemDetail" })
	void aClassOfAFrameworkIsFound(String name) {
		assertThat(findings("application/json", "{'$ref':'#/components/schemas/" + name + "'}", name, NAME))
			.containsExactly("#/components/schemas/" + name + ": is a class of a framework, and not of the API");
	}

	@Test
	void aStreamThatIsNoTextIsFound() {
		assertThat(findings("text/event-stream", REFERENCE, "Thing", "{'type':'object'}")).singleElement()
			.asString()
			.endsWith(": is a stream of events, whose schema is a string");
	}

	private static List<String> findings(String type, String schema, String name, String component) {
		return OpenApiLint.findings("""
				{'openapi':'3.1.0','info':{'title':'things','version':'v1'},'paths':{'/things':{'get':{
				'operationId':'things','summary':'All things','tags':['things'],'responses':{
				'200':{'description':'The things','content':{'%s':{'schema':%s}}},
				'default':{'description':'A problem','content':{'application/problem+json':{'schema':{'type':'object'},
				'example':{'status':400}}}}}}}},
				'components':{'schemas':{'%s':%s}}}""".formatted(type, schema, name, component).replace('\'', '"'));
	}

}
