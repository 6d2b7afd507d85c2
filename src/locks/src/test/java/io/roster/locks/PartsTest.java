package io.roster.locks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The parts that need no ensemble. */
class PartsTest {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final List<String> done = new ArrayList<>();

	@Test
	void tokensGrowWithTheTransactionAndWithTheEpoch() {
		FencingTokens first = new FencingTokens(0);
		assertThat(first.text(4294967311L)).isEqualTo("4294967311");
		assertThat(new FencingTokens(1).of(1)).isGreaterThan(first.of((1L << 48) - 1));
		assertThat(new FencingTokens(32_767).of((1L << 48) - 1)).isEqualTo(Long.MAX_VALUE);
		assertThat(FencingTokens.isOf(new FencingTokens(7).of(42), 42)).isTrue();
		assertThat(FencingTokens.isOf(new FencingTokens(7).of(42), 43)).isFalse();
	}

	@Test
	void tokensEndWhereTheyWouldRunIntoTheNextEpoch() {
		assertThat(FencingTokens.reaches((1L << 48) - 1)).isTrue();
		assertThat(FencingTokens.reaches(1L << 48)).isFalse();
		assertThatIllegalStateException().isThrownBy(() -> new FencingTokens(0).of(1L << 48));
		assertThatIllegalArgumentException().isThrownBy(() -> new FencingTokens(32_768));
		assertThatIllegalArgumentException().isThrownBy(() -> LockOptions.defaults().withFencingEpoch(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> LockOptions.defaults().withRoot("/"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "-1", "1.5", "9223372036854775808" })
	void aTokenThatIsNoNumberIsRefused(String token) {
		assertThatThrownBy(() -> FencingTokens.parse(token)).isInstanceOfSatisfying(InvalidLockRequestException.class,
				(refused) -> assertThat(refused.field()).isEqualTo("fencingToken"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1-1-1-1-1", "123e4567-e89b-42d3-a456-42661417400", "xyz" })
	void aLeaseThatIsNoUuidIsRefused(String lease) {
		assertThatThrownBy(() -> LockNames.parseLease(lease)).isInstanceOfSatisfying(InvalidLockRequestException.class,
				(refused) -> assertThat(refused.field()).isEqualTo("lease"));
	}

	@Test
	void aLeaseIsReadWithoutRegardToCase() {
		UUID id = UUID.randomUUID();
		assertThat(LockNames.parseLease(id.toString().toUpperCase(java.util.Locale.ROOT))).isEqualTo(id);
	}

	@Test
	void whatIsDueRunsInTheOrderOfItsTimeAndWhatIsCancelledDoesNot() {
		Timers timers = new Timers();
		timers.at(30, () -> this.done.add("30"));
		timers.at(10, () -> this.done.add("10"));
		Timers.Timer cancelled = timers.at(20, () -> this.done.add("20"));
		timers.at(10, () -> {
			this.done.add("10 too");
			timers.at(5, () -> this.done.add("planned in the past"));
		});
		cancelled.cancel();
		timers.runDue(9);
		assertThat(this.done).isEmpty();
		timers.runDue(29);
		assertThat(this.done).containsExactly("10", "10 too", "planned in the past");
		timers.runDue(30);
		assertThat(this.done).endsWith("30");
		assertThat(timers.size()).isZero();
	}

	@Test
	void timersOutliveAClockThatRunsOver() {
		Timers timers = new Timers();
		timers.at(Long.MAX_VALUE - 5, () -> this.done.add("before"));
		timers.at(Long.MIN_VALUE + 5, () -> this.done.add("after"));
		timers.runDue(Long.MAX_VALUE);
		assertThat(this.done).containsExactly("before");
		timers.runDue(Long.MIN_VALUE + 10);
		assertThat(this.done).containsExactly("before", "after");
	}

	@Test
	void aBodyThatIsBroughtFromWithinAnotherRunsAfterItAndAFailureIsIsolated() {
		Serial serial = new Serial();
		serial.run(() -> {
			serial.run(() -> this.done.add("inner"));
			serial.afterwards(() -> this.done.add("afterwards"));
			this.done.add("outer");
		});
		assertThat(this.done).containsExactly("outer", "inner", "afterwards");
		serial.run(() -> {
			serial.afterwards(() -> this.done.add("still told"));
			throw new IllegalStateException("a failure that this test makes");
		});
		assertThat(this.done).endsWith("still told");
	}

	@Test
	void theDataOfALeaseIsReadBackAlsoWithFieldsOfLaterVersions() {
		LeaseData data = new LeaseData("alice", Mode.EXCLUSIVE, 30_000, Map.of("ride", "7"), null, "billing");
		assertThat(LeaseData.parse(data.bytes())).isEqualTo(data);
		assertThat(parse("{\"mode\":\"EXCLUSIVE\",\"ttlMs\":1000,\"revoked\":\"why\",\"later\":true}"))
			.isEqualTo(new LeaseData(null, Mode.EXCLUSIVE, 1000, Map.of(), "why", null));
		assertThat(parse("{\"mode\":\"EXCLUSIVE\",\"ttlMs\":1000,\"principal\":\"\"}"))
			.isEqualTo(new LeaseData(null, Mode.EXCLUSIVE, 1000, Map.of(), null, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "null", "10.0.0.1", "{\"mode\":\"EXCLUSIVE\"}",
			"{\"mode\":\"EXCLUSIVE\",\"ttlMs\":-1}", "{\"mode\":\"EXCLUSIVE\",\"ttlMs\":9223372036854775807}",
			"{\"mode\":\"OTHER\",\"ttlMs\":1000}", "[]", "\u0000" })
	void dataThatIsNoLeaseIsSomebodyElses(String data) {
		assertThat(parse(data)).isNull();
	}

	@Test
	void aLeaseIsWrittenAsTheContractSays() {
		JsonNode held = tree(new Lease("bike-7", "id", "alice", Mode.EXCLUSIVE, LeaseState.HELD, 0, "4294967311",
				Durations.text(Duration.ofSeconds(30)), 29_990));
		assertThat(held).isEqualTo(JSON.readTree("""
				{"lock":"bike-7","lease":"id","owner":"alice","mode":"EXCLUSIVE","state":"HELD","position":0,
				"fencingToken":"4294967311","ttl":"30s","expiresInMs":29990}"""));
		JsonNode place = tree(new Place("bike-7", null, null, Mode.EXCLUSIVE, LeaseState.WAITING, 1, null, null, null,
				"lock-0000000001", ClientKind.FOREIGN, 12, null, null));
		assertThat(place).isEqualTo(JSON.readTree("""
				{"lock":"bike-7","mode":"EXCLUSIVE","state":"WAITING","position":1,"node":"lock-0000000001",
				"client":"foreign","sinceMs":12}"""));
	}

	@Test
	void durationsAreWrittenShort() {
		assertThat(Durations.text(Duration.ofSeconds(30))).isEqualTo("30s");
		assertThat(Durations.text(Duration.ofMillis(1500))).isEqualTo("1500ms");
		assertThat(Durations.restMillis(-1)).isZero();
	}

	private static JsonNode tree(Object value) {
		return JSON.readTree(JSON.writeValueAsString(value));
	}

	private static @Nullable LeaseData parse(String data) {
		return LeaseData.parse(data.getBytes(StandardCharsets.UTF_8));
	}

}
