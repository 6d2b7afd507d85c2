package io.roster.lockservice.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.roster.lockservice.problem.InvalidRequestException;
import io.roster.locks.AcquireRequest;
import io.roster.locks.Claim;
import io.roster.locks.InMemoryLocks;
import io.roster.locks.InvalidLockRequestException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Any body is a request, or is refused with the field that is wrong. */
class AcquireBodyFuzzTest {

	private static final InMemoryLocks LOCKS = new InMemoryLocks();

	/** As application.yaml makes it. */
	private static final JsonMapper JSON = json();

	private static JsonMapper json() {
		StreamReadConstraints limits = StreamReadConstraints.builder()
			.maxDocumentLength(65_536)
			.maxNestingDepth(20)
			.build();
		JsonMapper.Builder builder = JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
		new StrictJson().customize(builder);
		return builder.build();
	}

	static Stream<byte[]> seeds() {
		return Stream
			.of("", "{}", "null", "[]", "{\"ttl\":\"30s\",\"wait\":\"PT1M\"}",
					"{\"owner\":\"a\",\"mode\":\"SHARED\",\"ttl\":\"5m\",\"wait\":\"0s\",\"onDeadlock\":\"WAIT\","
							+ "\"metadata\":{\"k\":\"v\"}}",
					"{\"ttl\":30}", "{\"owner\":\"\\ud800\"}", "{\"metadata\":{\"\\udc00\":\"\\u0000\"}}",
					"{\"metadata\":{\"a\":null}}", "{\"ttl\":\"9223372036854775807d\"}", "{\"reason\":\"r\"}",
					"{\"fencingToken\":\"7\"}", "{\"kind\":\"MUTEX\"}")
			.map((text) -> text.getBytes(StandardCharsets.UTF_8));
	}

	@MethodSource("seeds")
	@FuzzTest
	void isARequestOrRefused(byte[] data) {
		readAcquire(data);
		read(data, RenewBody.class);
		read(data, RevokeBody.class);
		read(data, DeclareBody.class);
	}

	private static void readAcquire(byte[] data) {
		AcquireBody body = read(data, AcquireBody.class);
		if (body == null) {
			return;
		}
		try {
			AcquireRequest request = body.toRequest(new Claim("lock", new UUID(0, 7), "principal"),
					Duration.ofSeconds(30));
			assertThat(LOCKS.acquire(request)).isCompleted();
		}
		catch (InvalidRequestException ex) {
			assertThat(ex.problem().getProperties()).containsKey("field");
		}
		catch (InvalidLockRequestException ex) {
			assertThat(ex.field()).isNotEmpty();
		}
	}

	private static <T> @Nullable T read(byte[] data, Class<T> type) {
		try {
			return JSON.readValue(data, type);
		}
		catch (JacksonException ex) {
			// Explained by UnreadableBody.
			return null;
		}
	}

}
