package io.roster.discovery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a program has written into its node is read, and what was read can be written.
 */
class InstanceFormatFuzzTest {

	static Stream<byte[]> seeds() {
		return Stream.of("", "bikesvc", "10.0.0.1:8080", "[::1]:8080", "{}", "{\"address\":\"h\",\"port\":1}",
				"{\"name\":\"b\",\"id\":\"7\",\"address\":\"10.0.0.1\",\"port\":8790,\"sslPort\":8790,"
						+ "\"payload\":{\"@class\":\"x\",\"metadata\":{\"instance_status\":\"DRAINING\",\"a\":[1]}},"
						+ "\"registrationTimeUTC\":1,\"serviceType\":\"DYNAMIC\",\"enabled\":true}",
				"{\"payload\":{\"metadata\":{\"a\":\"\\ud800\"}}}", "{\"a\":1e999999999}", "{\"sslPort\":8790}")
			.map((text) -> text.getBytes(StandardCharsets.UTF_8));
	}

	@MethodSource("seeds")
	@FuzzTest
	void isReadAndCanBeWritten(byte[] data) {
		InstanceContent content = InstanceFormat.content(data);
		InstanceData read = content.data();
		assertThat(InstanceFormat.read(data)).isEqualTo(read);
		assertThat(InstanceFormat.registrationId(data).orElse(null)).isEqualTo(content.registrationId());
		if (data.length < InstanceFormat.LARGEST / 20) {
			byte[] written = InstanceFormat.write("bikesvc", "id", Instant.EPOCH, read);
			// Without a port there is none that speaks TLS.
			assertThat(InstanceFormat.read(written)).isEqualTo((read.port() != null) ? read : read.withSecure(false));
		}
	}

}
