package io.roster.lockservice.problem;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What cannot be read is explained, without a word about classes. */
class UnreadableBodyFuzzTest {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	static Stream<byte[]> seeds() {
		return Stream
			.of("", "{", "[]", "7", "{\"a\":1}", "{\"metadata\":7}", "{\"metadata\":{\"a\":[]}}", "{\"owner\":{}}",
					"{\"owner\":\"a\",\"owner\":\"b\"}", "[".repeat(1100), "{\"a\":\"\\u12\"}", "\u0000")
			.map((text) -> text.getBytes(StandardCharsets.UTF_8));
	}

	@MethodSource("seeds")
	@FuzzTest
	void isExplained(byte[] data) {
		try {
			JSON.readValue(data, Body.class);
		}
		catch (JacksonException ex) {
			assertThat(UnreadableBody.explain(ex).getStatus()).isBetween(400, 413);
			assertThat(UnreadableBody.explain(ex).getDetail()).isNotBlank()
				.doesNotContain("java.", "tools.jackson", "io.roster");
		}
	}

	record Body(@Nullable String owner, @Nullable Map<String, String> metadata) {
	}

}
