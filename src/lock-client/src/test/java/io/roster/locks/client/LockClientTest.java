package io.roster.locks.client;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.roster.locks.Mode;
import io.roster.locks.OnDeadlock;
import io.roster.locks.client.ScriptedReplica.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.roster.locks.client.ScriptedReplica.answers;
import static io.roster.locks.client.ScriptedReplica.holds;
import static io.roster.locks.client.ScriptedReplica.losesTheAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * What the client does with answers that are late, lost or bad. What it does with a real
 * lock service is tested with that.
 */
class LockClientTest {

	private static final Step RELEASED = answers(200, "{\"state\":\"RELEASED\"}");

	private static final Step WAITING = answers(202, "{\"state\":\"WAITING\"}");

	private static final Step UNAVAILABLE = answers(503, "{\"title\":\"The ensemble cannot be reached\"}");

	private static final Step LOCK_HELD = answers(409, "{\"type\":\"urn:roster:problem:lock-held\",\"holders\":[]}");

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);

	private final List<ScriptedReplica> replicas = new ArrayList<>();

	@AfterEach
	void stop() {
		this.replicas.forEach(ScriptedReplica::close);
	}

	@Test
	void takesSeveralLocksByOneLease() throws InterruptedException {
		ScriptedReplica replica = replica(losesTheAnswer(), holds("7"), answers(200, "{\"state\":\"HELD\"}"), RELEASED);
		try (HeldLock held = client().acquireAll(List.of("b", "a"), AcquireOptions.defaults())) {
			assertThat(held.locks()).containsExactly("b", "a");
			assertThat(held.lock()).isEqualTo("b, a");
			assertThat(held.fencingToken()).isEqualTo(7);
			held.renew();
			assertThat(replica.calls()).containsExactly("POST /api/v1/multi-locks", "POST /api/v1/multi-locks",
					"POST /api/v1/multi-locks/" + held.lease() + "/renew");
		}
		assertThat(replica.calls()).last().asString().startsWith("DELETE /api/v1/multi-locks/");
	}

	@Test
	void severalLocksAreNotShared() {
		replica();
		AcquireOptions shared = AcquireOptions.defaults().withMode(Mode.SHARED);
		assertThatIllegalArgumentException().isThrownBy(() -> client().acquireAll(List.of("a"), shared));
	}

	@Test
	void repeatsTheSameCallWithTheSameLeaseWhenTheAnswerIsLost() throws InterruptedException {
		ScriptedReplica replica = replica(losesTheAnswer(), losesTheAnswer(), holds("7"), RELEASED);
		try (HeldLock held = client().acquire("bike 7/ä")) {
			assertThat(held.fencingToken()).isEqualTo(7);
			assertThat(replica.calls()).hasSize(3)
				.containsOnly("PUT /api/v1/locks/bike%207%2F%C3%A4/leases/" + held.lease());
		}
		assertThat(replica.calls()).last().asString().startsWith("DELETE ");
	}

	@Test
	void goesToTheNextReplicaWithTheSameLeaseAndStaysThere() throws InterruptedException {
		ScriptedReplica first = replica(UNAVAILABLE);
		ScriptedReplica second = replica(holds("7"), RELEASED);
		HeldLock held = client().acquire("a");
		held.close();
		assertThat(first.calls()).containsExactly("PUT /api/v1/locks/a/leases/" + held.lease());
		assertThat(second.calls()).containsExactly("PUT /api/v1/locks/a/leases/" + held.lease(),
				"DELETE /api/v1/locks/a/leases/" + held.lease());
	}

	@Test
	void goesOnWaitingWithTheSameLeaseInSeveralCalls() throws InterruptedException {
		ScriptedReplica replica = replica(WAITING, WAITING, holds("7"), RELEASED);
		client().acquire("a").close();
		assertThat(replica.calls()).hasSize(4);
		assertThat(replica.calls().subList(0, 3)).containsOnly(replica.calls().get(0));
	}

	@Test
	void givesUpItsPlaceWhenTheWaitHasPassed() throws InterruptedException {
		ScriptedReplica replica = replica((exchange) -> {
			pass(Duration.ofSeconds(11));
			WAITING.answer(exchange);
		}, RELEASED);
		assertThatExceptionOfType(LockTimeoutException.class).isThrownBy(() -> frozenClient().acquire("a"));
		assertThat(replica.calls()).hasSize(2).last().asString().startsWith("DELETE ");
	}

	@Test
	void aLockThatIsHeldIsNoErrorForATry() throws InterruptedException {
		ScriptedReplica replica = replica(LOCK_HELD);
		assertThat(client().tryAcquire("a")).isEmpty();
		assertThat(replica.calls()).hasSize(1);
		assertThat(replica.bodies().get(0)).contains("\"wait\":\"PT0S\"");
	}

	@Test
	void whoAsksForItIsToldOfADeadlock() throws InterruptedException {
		ScriptedReplica replica = replica(
				answers(409, "{\"type\":\"urn:roster:problem:deadlock\",\"detail\":\"a waits for b, b waits for a\"}"),
				holds("7"));
		LockClient client = client();
		assertThatExceptionOfType(DeadlockException.class)
			.isThrownBy(() -> client.acquire("a", AcquireOptions.defaults().withOnDeadlock(OnDeadlock.REFUSE)))
			.withMessageContaining("a waits for b, b waits for a");
		client.acquire("a");
		assertThat(replica.bodies().get(0)).contains("\"onDeadlock\":\"REFUSE\"");
		assertThat(replica.bodies().get(1)).doesNotContain("onDeadlock");
	}

	@Test
	void aRefusalIsNotRepeated() {
		ScriptedReplica replica = replica(
				answers(400, "{\"title\":\"The request is not valid\",\"detail\":\"ttl is too short\"}"));
		assertThatExceptionOfType(LockRefusedException.class).isThrownBy(() -> client().acquire("a"))
			.withMessageContaining("ttl is too short")
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(400));
		assertThat(replica.calls()).hasSize(1);
	}

	@Test
	void anAnswerThatIsNoJsonIsNoAnswer() throws InterruptedException {
		ScriptedReplica replica = replica(answers(200, "<html>welcome</html>"), holds("7"), RELEASED);
		client().acquire("a").close();
		assertThat(replica.calls()).hasSize(3);
	}

	@Test
	void anAnswerOfSomethingElseIsNoGrant() {
		replica(answers(200, "{\"status\":\"UP\"}"));
		assertThatExceptionOfType(LockUnavailableException.class).isThrownBy(() -> client().tryAcquire("a"))
			.withMessageContaining("UP");
	}

	@Test
	void theDeadlineCountsFromTheSendingAnd99PercentOfTheTtl() throws InterruptedException {
		replica((exchange) -> {
			pass(Duration.ofSeconds(4));
			holds("7").answer(exchange);
		}, RELEASED);
		HeldLock held = frozenClient().acquire("a", AcquireOptions.defaults().withTtl(Duration.ofSeconds(10)));
		assertThat(held.remaining()).isEqualTo(Duration.ofMillis(5_900));
		pass(Duration.ofMillis(5_899));
		assertThat(held.isHeld()).isTrue();
		pass(Duration.ofMillis(1));
		assertThat(held.isHeld()).isFalse();
	}

	@Test
	void aLeaseThatIsOldWhenItIsGrantedIsRenewedBeforeItIsUsed() throws InterruptedException {
		ScriptedReplica replica = replica((exchange) -> {
			pass(Duration.ofSeconds(11));
			holds("7").answer(exchange);
		}, holds("7"), RELEASED);
		HeldLock held = frozenClient().acquire("a",
				AcquireOptions.defaults().withTtl(Duration.ofSeconds(10)).withMaxWait(Duration.ofMinutes(1)));
		assertThat(held.remaining()).isEqualTo(Duration.ofMillis(9_900));
		assertThat(replica.calls().get(1)).isEqualTo("POST /api/v1/locks/a/leases/" + held.lease() + "/renew");
		assertThat(replica.bodies().get(1)).isEqualTo("{\"fencingToken\":\"7\"}");
	}

	@Test
	void aRenewalThatFindsTheLeaseGoneEndsIt() throws InterruptedException {
		replica(holds("7"), answers(410, "{\"detail\":\"it expired\"}"), RELEASED);
		HeldLock held = client().acquire("a");
		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(held::renew).withMessageContaining("it expired");
		assertThat(held.isHeld()).isFalse();
		held.close();
	}

	@Test
	void whatIsClosedIsNotRenewedAndIsClosedOnce() throws InterruptedException {
		ScriptedReplica replica = replica(holds("7"), RELEASED);
		HeldLock held = client().acquire("a");
		held.close();
		held.close();
		assertThat(held.isHeld()).isFalse();
		assertThatIllegalStateException().isThrownBy(held::renew);
		assertThat(replica.calls()).hasSize(2);
	}

	@Test
	void aReleaseIsRepeatedUntilItIsAnswered() throws InterruptedException {
		ScriptedReplica replica = replica(holds("7"), losesTheAnswer(), UNAVAILABLE, RELEASED);
		client().acquire("a").close();
		assertThat(replica.calls()).hasSize(4);
		assertThat(replica.calls().subList(1, 4)).allMatch((call) -> call.startsWith("DELETE "));
	}

	@Test
	void whatNobodyAnswersIsGivenBackInTheBackground() {
		ScriptedReplica replica = replica(UNAVAILABLE);
		LockClient client = builder().patience(Duration.ofMillis(200)).build();
		assertThatExceptionOfType(LockUnavailableException.class).isThrownBy(() -> client.tryAcquire("a"))
			.withMessageContaining("503");
		await().atMost(Duration.ofSeconds(30))
			.until(() -> replica.calls().stream().anyMatch((call) -> call.startsWith("DELETE ")));
	}

	@Test
	void anInterruptedWaitGivesUpItsPlace() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		ScriptedReplica replica = replica((exchange) -> {
			asked.countDown();
			awaitQuietly(never);
		}, RELEASED);
		CompletableFuture<Class<?>> thrown = new CompletableFuture<>();
		Thread waiting = new Thread(() -> {
			try {
				client().acquire("a");
			}
			catch (InterruptedException ex) {
				thrown.complete(ex.getClass());
			}
		});
		waiting.start();
		assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
		waiting.interrupt();
		assertThat(thrown).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(InterruptedException.class);
		await().atMost(Duration.ofSeconds(30))
			.until(() -> replica.calls().stream().anyMatch((call) -> call.startsWith("DELETE ")));
		never.countDown();
	}

	@Test
	void badArgumentsAreRefusedWithTheirValue() {
		assertThatIllegalArgumentException().isThrownBy(() -> LockClient.builder().build());
		assertThatIllegalArgumentException().isThrownBy(() -> LockClient.builder().url(URI.create("localhost:8770")))
			.withMessageContaining("localhost:8770");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> AcquireOptions.defaults().withMaxWait(Duration.ofSeconds(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> AcquireOptions.defaults().withTtl(Duration.ZERO));
	}

	private ScriptedReplica replica(Step... script) {
		ScriptedReplica replica = new ScriptedReplica(script);
		this.replicas.add(replica);
		return replica;
	}

	private LockClientBuilder builder() {
		// Long enough for no renewal to come in between on the slowest machine.
		return LockClient.builder()
			.urls(this.replicas.stream().map(ScriptedReplica::url).toList())
			.owner("test")
			.defaults(AcquireOptions.defaults().withTtl(Duration.ofHours(1)));
	}

	private LockClient client() {
		return builder().build();
	}

	/**
	 * A client whose time stands still, shortly before its ticker overflows.
	 */
	private LockClient frozenClient() {
		return builder().ticker(this.now::get).build();
	}

	private void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
