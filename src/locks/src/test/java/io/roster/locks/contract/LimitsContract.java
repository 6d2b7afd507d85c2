package io.roster.locks.contract;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import io.roster.locks.AcquireRequest;
import io.roster.locks.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What any lock refuses with its field, by the default limits.
 */
public abstract class LimitsContract extends LockContract {

	@ParameterizedTest
	@ValueSource(strings = { "a/b", ".", "..", "zookeeper", "a\u0000b", "a\nb" })
	void aNameThatIsNoPathSegmentIsRefused(String name) throws Exception {
		refusal(() -> locks().acquire(AcquireRequest.exclusive(name, UUID.randomUUID(), "alice", TTL, Duration.ZERO)));
	}

	@Test
	void whatIsOutsideOfTheLimitsIsRefusedWithItsField() throws Exception {
		assertRefused("ttl", exclusive(UUID.randomUUID(), Duration.ofMillis(999), Duration.ZERO));
		assertRefused("ttl", exclusive(UUID.randomUUID(), Duration.ofHours(25), Duration.ZERO));
		assertRefused("wait", exclusive(UUID.randomUUID(), Duration.ofMinutes(6)));
		assertRefused("wait", exclusive(UUID.randomUUID(), Duration.ofMillis(-1)));
		assertRefused("metadata", new AcquireRequest(this.lock, UUID.randomUUID(), "alice", Mode.EXCLUSIVE, TTL,
				Duration.ZERO, Map.of("key", "x".repeat(5000)), null));
	}

	private void assertRefused(String field, AcquireRequest request) throws Exception {
		assertThat(refusal(() -> locks().acquire(request)).field()).isEqualTo(field);
	}

}
