package io.roster.locks;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever stands in a node is a lease or is none, and a lease can be written again. */
class LeaseDataFuzzTest {

	static Stream<byte[]> seeds() {
		return Stream
			.of("", "null", "{}", "10.0.0.1", "{\"mode\":\"EXCLUSIVE\",\"ttlMs\":30000}",
					"{\"owner\":\"a\",\"mode\":\"SHARED\",\"ttlMs\":1,\"metadata\":{\"k\":\"v\"},\"revoked\":\"r\","
							+ "\"principal\":\"p\",\"later\":[]}",
					"{\"mode\":\"EXCLUSIVE\",\"ttlMs\":9223372036854775807}",
					"{\"mode\":\"EXCLUSIVE\",\"ttlMs\":1,\"metadata\":{\"k\":null}}",
					"{\"mode\":\"EXCLUSIVE\",\"ttlMs\":1,\"owner\":\"\\ud800\"}", "{\"kind\":\"SEMAPHORE\"}",
					"{\"revision\":\"1\",\"at\":\"2026-11-22T03:00:00Z\",\"change\":\"FORCED\",\"lock\":\"l\"}")
			.map((text) -> text.getBytes(StandardCharsets.UTF_8));
	}

	@MethodSource("seeds")
	@FuzzTest
	void isReadOrSomebodyElses(byte[] data) {
		LeaseData lease = LeaseData.parse(data);
		if (lease != null) {
			assertThat(lease.ttlNanos()).isPositive();
			assertThat(System.nanoTime() + lease.ttlNanos() - System.nanoTime()).isPositive();
			assertThat(Durations.text(lease.ttl())).matches("\\d+m?s");
			assertThat(LeaseData.parse(lease.bytes())).isEqualTo(lease);
			assertThat(LeaseData.parse(lease.revoked("why").bytes())).isEqualTo(lease.revoked("why"));
		}
		LockConfig config = LockConfig.parse(data);
		assertThat(LockConfig.parse(config.bytes())).isEqualTo(config);
		AuditRecord record = AuditStore.parse("/roster/audit/record-0000000001", data, 7);
		if (record != null) {
			assertThat(record.revision()).isEqualTo("7");
		}
	}

}
