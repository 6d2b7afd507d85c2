package io.roster.locks.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import io.roster.locks.client.LostLock.Reason;
import io.roster.locks.client.ScriptedReplica.Step;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.roster.locks.client.ScriptedReplica.answers;
import static io.roster.locks.client.ScriptedReplica.holds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What the client shows to be known by, and what it does when that is refused. */
class CredentialsTest {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static final Duration TTL = Duration.ofSeconds(30);

	private static final Step RELEASED = answers(200, "{\"state\":\"RELEASED\"}");

	private static final Step UNAUTHENTICATED = answers(401,
			"{\"type\":\"urn:roster:problem:unauthenticated\",\"title\":\"Who are you?\",\"detail\":\"unknown key\"}");

	private static final Step NOT_YOURS = answers(403,
			"{\"type\":\"urn:roster:problem:not-your-lease\",\"detail\":\"another principal's\"}");

	private final MovedTime time = new MovedTime();

	private final List<LostLock> lost = new CopyOnWriteArrayList<>();

	private final AtomicReference<@Nullable String> token = new AtomicReference<>("rk_first");

	private @Nullable ScriptedReplica replica;

	private @Nullable LockClient client;

	@AfterEach
	void stop() {
		if (this.client != null) {
			this.client.close();
		}
		if (this.replica != null) {
			this.replica.close();
		}
	}

	@Test
	void theTokenIsAskedForBeforeEachRequest() throws InterruptedException {
		ScriptedReplica asked = replica(holds("7"), holds("7"), RELEASED);
		HeldLock held = client().acquire("a");
		this.token.set("rk_second\n");
		held.renew();
		this.token.set(null);
		held.close();
		assertThat(asked.credentials()).containsExactly("Bearer rk_first", "Bearer rk_second", "null");
	}

	@Test
	void whatIsNoTokenIsNotSentAndNotTold() {
		ScriptedReplica asked = replica(holds("7"));
		this.token.set("two\r\nlines");
		assertThatIllegalStateException().isThrownBy(() -> client().tryAcquire("a"))
			.withMessageContaining("bearer token")
			.withMessageNotContaining("two");
		assertThat(asked.calls()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403 })
	void aRefusalOfTheCredentialsIsNotRepeated(int status) {
		ScriptedReplica asked = replica(answers(status, "{\"title\":\"Who are you?\",\"detail\":\"unknown key\"}"));
		assertThatExceptionOfType(LockAccessDeniedException.class).isThrownBy(() -> client().acquire("a"))
			.withMessageContaining("unknown key")
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(status));
		assertThat(asked.calls()).hasSize(1);
	}

	@Test
	void aProxyThatRefusesThemWithoutJsonIsBelievedToo() {
		ScriptedReplica asked = replica(answers(401, "<html>Unauthorized</html>"));
		assertThatExceptionOfType(LockAccessDeniedException.class).isThrownBy(() -> client().acquire("a"))
			.withMessageContaining("401");
		assertThat(asked.calls()).hasSize(1);
	}

	@Test
	void aLockWhoseRenewalIsRefusedIsHeldUntilItsDeadlineAndNoLonger() throws InterruptedException {
		replica(holds("7"), UNAUTHENTICATED);
		HeldLock held = client().acquire("a");
		held.onLost(this.lost::add);
		assertThatExceptionOfType(LockAccessDeniedException.class).isThrownBy(held::renew);
		assertThat(held.isHeld()).isTrue();
		this.time.pass(Duration.ofMillis(29_699));
		assertThat(held.isHeld()).isTrue();
		this.time.pass(Duration.ofMillis(1));
		assertThat(held.isHeld()).isFalse();
		Awaitility.await().atMost(BOUND).untilAsserted(() -> assertThat(this.lost).hasSize(1));
		assertThat(this.lost.get(0).reason()).isEqualTo(Reason.EXPIRED);
		assertThat(this.lost.get(0).detail()).contains("401").contains("unknown key");
	}

	@Test
	void aLockIsKeptWhenItsCredentialsAreCorrectedInTime() throws InterruptedException {
		ScriptedReplica asked = replica(holds("7"), NOT_YOURS, holds("7"));
		HeldLock held = client().acquire("a");
		this.time.pass(TTL.dividedBy(3));
		Awaitility.await().atMost(BOUND).untilAsserted(() -> assertThat(asked.calls()).hasSize(2));
		Awaitility.await().atMost(BOUND).until(() -> {
			this.time.pass(Duration.ofSeconds(1));
			return asked.calls().size() >= 3 || !held.isHeld();
		});
		Awaitility.await().atMost(BOUND).until(() -> held.remaining().compareTo(TTL.dividedBy(2)) > 0);
		assertThat(held.isHeld()).isTrue();
	}

	private ScriptedReplica replica(Step... script) {
		ScriptedReplica started = new ScriptedReplica(script);
		this.replica = started;
		return started;
	}

	private LockClient client() {
		LockClient built = LockClient.builder()
			.bearerToken(this.token::get)
			.url(Objects.requireNonNull(this.replica).url())
			.ticker(this.time::now)
			.timer(this.time)
			.build();
		this.client = built;
		return built;
	}

}
