package io.roster.locks.client;

import java.time.Duration;
import java.util.List;

import io.roster.locks.Mode;
import io.roster.locks.client.ScriptedReplica.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.roster.locks.client.ScriptedReplica.answers;
import static io.roster.locks.client.ScriptedReplica.losesTheAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Several locks at once, by one lease. */
class SeveralLocksTest {

	private static final List<String> BOTH = List.of("a", "b");

	private static final AcquireOptions OPTIONS = AcquireOptions.defaults().withTtl(Duration.ofHours(1));

	private static final Step HOLDS = answers(200,
			"{\"locks\":[\"a\",\"b\"],\"state\":\"HELD\",\"fencingToken\":\"7\",\"expiresInMs\":30000}");

	private static final Step WAITS = answers(202, "{\"locks\":[\"a\",\"b\"],\"state\":\"WAITING\"}");

	private static final Step RELEASED = answers(200, "{\"state\":\"RELEASED\"}");

	private ScriptedReplica replica = new ScriptedReplica(RELEASED);

	private LockClient client = LockClient.builder().url(this.replica.url()).build();

	@AfterEach
	void stop() {
		this.client.close();
		this.replica.close();
	}

	@Test
	void areTakenRenewedAndGivenBackByOneLease() throws Exception {
		HeldLock held = client(HOLDS, HOLDS, RELEASED).acquireAll(BOTH, OPTIONS);
		assertThat(held.fencingToken()).isEqualTo(7);
		assertThat(held.lock()).isEqualTo("a, b");
		held.renew();
		held.close();
		String lease = "/api/v1/multi-locks/" + held.lease();
		assertThat(this.replica.calls()).containsExactly("POST /api/v1/multi-locks", "POST " + lease + "/renew",
				"DELETE " + lease);
		assertThat(this.replica.bodies().get(0)).contains("\"locks\":[\"a\",\"b\"]",
				"\"lease\":\"" + held.lease() + "\"");
	}

	@Test
	void areWaitedForByTheSameCall() throws Exception {
		HeldLock held = client(WAITS, losesTheAnswer(), HOLDS, RELEASED).acquireAll(BOTH, OPTIONS);
		held.close();
		assertThat(this.replica.calls().subList(0, 3)).containsOnly("POST /api/v1/multi-locks");
		assertThat(this.replica.bodies().subList(0, 3)).allMatch((body) -> body.contains(held.lease().toString()));
	}

	@Test
	void areNotHadWhenOneOfThemIsNotFree() throws Exception {
		LockClient asked = client(answers(409, "{\"type\":\"urn:roster:problem:lock-held\",\"holders\":[]}"));
		assertThat(asked.tryAcquireAll(BOTH, OPTIONS.withMaxWait(Duration.ZERO))).isEmpty();
		assertThatExceptionOfType(LockTimeoutException.class)
			.isThrownBy(() -> asked.acquireAll(BOTH, OPTIONS.withMaxWait(Duration.ZERO)))
			.withMessageContaining("[a, b]");
	}

	@Test
	void cannotBeSharedAndAreNotNone() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.client.acquireAll(BOTH, OPTIONS.withMode(Mode.SHARED)))
			.withMessageContaining("SHARED");
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.acquireAll(List.of(), OPTIONS));
	}

	private LockClient client(Step... script) {
		stop();
		this.replica = new ScriptedReplica(script);
		this.client = LockClient.builder().url(this.replica.url()).owner("test").build();
		return this.client;
	}

}
