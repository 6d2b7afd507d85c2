package io.roster.lockservice.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.roster.lockservice.problem.InvalidRequestException;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Any text is a duration, or is refused with the field that is wrong. */
class DurationsFuzzTest {

	static Stream<byte[]> seeds() {
		return Stream
			.of("", "30s", "1500ms", "PT30S", "P1DT2H", "30", "-1s", "+5m", "999999999999999999d",
					"PT9223372036854775807S", "1S", "\u0663s")
			.map((text) -> text.getBytes(StandardCharsets.UTF_8));
	}

	@MethodSource("seeds")
	@FuzzTest
	void isADurationOrRefused(byte[] data) {
		String text = new String(data, StandardCharsets.UTF_8);
		try {
			Duration read = Durations.parse("ttl", text, Duration.ZERO);
			assertThat(Durations.parse("ttl", read.toString(), Duration.ZERO)).isEqualTo(read);
		}
		catch (InvalidRequestException ex) {
			assertThat(ex.problem().getDetail()).contains("ttl is a duration");
		}
	}

}
