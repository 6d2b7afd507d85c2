package io.roster.locks.client;

import java.time.Duration;
import java.util.List;

import io.roster.locks.client.LostLock.Reason;
import io.roster.locks.client.ScriptedReplica.Step;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.roster.locks.client.ScriptedReplica.answers;
import static io.roster.locks.client.ScriptedReplica.holds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** A lock that outlasts its holder's use of it, and one whose TTL is made longer. */
class KeptLockTest {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static final AcquireOptions NOT_RENEWED = AcquireOptions.defaults().withoutRenewal();

	private static final Step RELEASED = answers(200, "{\"state\":\"RELEASED\"}");

	private final MovedTime time = new MovedTime();

	private ScriptedReplica replica = new ScriptedReplica(RELEASED);

	private LockClient client = LockClient.builder().url(this.replica.url()).build();

	@AfterEach
	void stop() {
		this.client.close();
		this.replica.close();
	}

	@Test
	void isGivenBackWhenItsTimeHasPassed() throws Exception {
		HeldLock held = client(holds("7"), RELEASED).acquire("a", NOT_RENEWED);
		held.keepAtLeast(Duration.ofSeconds(20));
		this.time.pass(Duration.ofSeconds(5));
		held.close();
		assertThat(held.isHeld()).isFalse();
		assertThat(this.client.heldLocks()).isEmpty();
		this.time.pass(Duration.ofMillis(14_999));
		assertThat(methods()).containsExactly("PUT");
		this.time.pass(Duration.ofMillis(1));
		awaitMethods("PUT", "DELETE");
	}

	@Test
	void isGivenBackAtOnceAfterItsTime() throws Exception {
		HeldLock held = client(holds("7"), RELEASED).acquire("a", NOT_RENEWED);
		held.keepAtLeast(Duration.ofSeconds(20));
		this.time.pass(Duration.ofSeconds(20));
		held.close();
		assertThat(methods()).containsExactly("PUT", "DELETE");
	}

	@Test
	void isLeftToItsTtlByAClientThatIsClosed() throws Exception {
		HeldLock held = client(holds("7"), RELEASED).acquire("a", NOT_RENEWED);
		held.keepAtLeast(Duration.ofSeconds(20));
		this.client.close();
		assertThat(held.isHeld()).isFalse();
		assertThat(methods()).containsExactly("PUT");
	}

	@Test
	void isNotKeptForLongerThanADeadProcessWouldKeepIt() throws Exception {
		HeldLock held = client(holds("7"), RELEASED).acquire("a", NOT_RENEWED);
		assertThatIllegalArgumentException().isThrownBy(() -> held.keepAtLeast(held.ttl().plusNanos(1)))
			.withMessageContaining("PT30S");
	}

	@Test
	void isExtendedByTheCallThatHasAcquiredIt() throws Exception {
		HeldLock held = client(holds("7"), holds("7"), RELEASED).acquire("a", NOT_RENEWED);
		held.extend(Duration.ofMinutes(2));
		assertThat(held.ttl()).isEqualTo(Duration.ofMinutes(2));
		assertThat(held.remaining()).isEqualTo(Duration.ofMillis(118_800));
		assertThat(methods()).containsExactly("PUT", "PUT");
		assertThat(this.replica.bodies().get(1)).contains("\"ttl\":\"PT2M\"", "\"wait\":\"PT0S\"");
		this.time.pass(Duration.ofMillis(118_799));
		assertThat(held.isHeld()).isTrue();
		this.time.pass(Duration.ofMillis(1));
		assertThat(held.isHeld()).isFalse();
	}

	@Test
	void isRenewedWhereItsTtlIsLongerAlready() throws Exception {
		HeldLock held = client(holds("7"), holds("7"), RELEASED).acquire("a", NOT_RENEWED);
		this.time.pass(Duration.ofSeconds(10));
		held.extend(Duration.ofSeconds(5));
		assertThat(held.ttl()).isEqualTo(Duration.ofSeconds(30));
		assertThat(held.remaining()).isEqualTo(Duration.ofMillis(29_700));
		assertThat(methods()).containsExactly("PUT", "POST");
	}

	@Test
	void isHeldForItsOldTtlWhenTheExtensionIsRefused() throws Exception {
		HeldLock held = client(holds("7"), answers(400, "{\"detail\":\"ttl is too long\"}"), RELEASED).acquire("a",
				NOT_RENEWED);
		assertThatExceptionOfType(LockRefusedException.class).isThrownBy(() -> held.extend(Duration.ofDays(9)))
			.withMessageContaining("ttl is too long");
		assertThat(held.isHeld()).isTrue();
		assertThat(held.ttl()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void isLostWhenSomebodyElseHoldsItMeanwhile() throws Exception {
		assertLost(answers(409, "{\"type\":\"urn:roster:problem:lock-held\"}"));
	}

	@Test
	void isLostWhenTheExtensionTakesANewPlaceWhichIsGivenUp() throws Exception {
		assertLost(holds("8"));
	}

	private void assertLost(Step answer) throws InterruptedException {
		HeldLock held = client(holds("7"), answer, RELEASED).acquire("a", NOT_RENEWED);
		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> held.extend(Duration.ofMinutes(2)));
		assertThat(held.isHeld()).isFalse();
		assertThat(held.loss()).extracting(LostLock::reason).isEqualTo(Reason.GONE);
		awaitMethods("PUT", "PUT", "DELETE");
	}

	private void awaitMethods(String... methods) {
		Awaitility.await().atMost(BOUND).untilAsserted(() -> assertThat(methods()).containsExactly(methods));
	}

	private List<String> methods() {
		return this.replica.calls().stream().map((call) -> call.substring(0, call.indexOf(' '))).toList();
	}

	private LockClient client(Step... script) {
		stop();
		this.replica = new ScriptedReplica(script);
		this.client = LockClient.builder()
			.url(this.replica.url())
			.owner("test")
			.ticker(this.time::now)
			.timer(this.time)
			.build();
		return this.client;
	}

}
