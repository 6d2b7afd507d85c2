package io.roster.locks.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.roster.locks.client.LostLock.Reason;
import io.roster.locks.client.ScriptedReplica.Step;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.roster.locks.client.ScriptedReplica.answers;
import static io.roster.locks.client.ScriptedReplica.holds;
import static io.roster.locks.client.ScriptedReplica.losesTheAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** How a lock is kept, and how its holder learns that it is lost. */
class HeldLockTest {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static final Duration TTL = Duration.ofSeconds(30);

	private static final Step RELEASED = answers(200, "{\"state\":\"RELEASED\"}");

	private static final Step UNAVAILABLE = answers(503, "{\"title\":\"The ensemble cannot be reached\"}");

	private static final Step GONE = answers(410,
			"{\"type\":\"urn:roster:problem:lease-gone\",\"detail\":\"it expired\"}");

	private static final Step REVOKED = answers(410,
			"{\"type\":\"urn:roster:problem:lease-revoked\",\"detail\":\"revoked\",\"reason\":\"host is replaced\"}");

	private final MovedTime time = new MovedTime();

	private final List<ScriptedReplica> replicas = new ArrayList<>();

	private final List<LostLock> lost = new CopyOnWriteArrayList<>();

	private final List<LockClient> clients = new ArrayList<>();

	@AfterEach
	void stop() {
		this.clients.forEach(LockClient::close);
		this.replicas.forEach(ScriptedReplica::close);
	}

	@Test
	void isRenewedInTheBackgroundForAsLongAsItIsHeld() throws InterruptedException {
		ScriptedReplica replica = replica(holds("7"));
		HeldLock held = client().acquire("a");
		for (int renewals = 1; renewals <= 10; renewals++) {
			this.time.pass(TTL.dividedBy(3));
			awaitRenewals(replica, renewals);
			awaitDeadlineBeyond(held, TTL.dividedBy(2));
		}
		assertThat(held.isHeld()).isTrue();
		held.close();
		assertThat(this.time.waiting()).isZero();
		assertThat(this.lost).isEmpty();
	}

	@Test
	void isNotRenewedIfTheOptionsSaySo() throws InterruptedException {
		ScriptedReplica replica = replica(holds("7"), RELEASED);
		HeldLock held = client().acquire("a", AcquireOptions.defaults().withoutRenewal());
		held.onLost(this.lost::add);
		this.time.pass(TTL);
		awaitLost(1);
		assertThat(this.lost.get(0).reason()).isEqualTo(Reason.EXPIRED);
		assertThat(replica.calls()).hasSize(1);
	}

	@Test
	void isLostAtItsDeadlineWhenNoRenewalIsAnswered() throws InterruptedException {
		CountDownLatch never = new CountDownLatch(1);
		replica(holds("7"), (exchange) -> {
			awaitQuietly(never);
			RELEASED.answer(exchange);
		});
		HeldLock held = client().acquire("a");
		held.onLost(this.lost::add);
		this.time.pass(Duration.ofMillis(29_699));
		assertThat(held.isHeld()).isTrue();
		this.time.pass(Duration.ofMillis(1));
		assertThat(held.isHeld()).isFalse();
		awaitLost(1);
		assertThat(this.lost.get(0)).isEqualTo(
				new LostLock("a", held.lease(), 7, Reason.EXPIRED, "no renewal was answered before the deadline"));
		never.countDown();
	}

	@Test
	void isNotHeldAgainByAnAnswerThatComesAfterItsDeadline() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		ScriptedReplica replica = replica(holds("7"), (exchange) -> {
			asked.countDown();
			awaitQuietly(answer);
			holds("7").answer(exchange);
		}, RELEASED);
		HeldLock held = client().acquire("a");
		this.time.pass(TTL.dividedBy(3));
		assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
		this.time.jump(TTL);
		assertThat(held.isHeld()).isFalse();
		answer.countDown();
		held.close();
		assertThat(held.isHeld()).isFalse();
		Awaitility.await().atMost(BOUND).until(() -> count(replica, "DELETE") == 1);
	}

	@Test
	void isLostWhenItIsLookedAtAfterThisProcessWasPaused() throws InterruptedException {
		replica(holds("7"), RELEASED);
		HeldLock held = client().acquire("a");
		held.onLost(this.lost::add);
		this.time.jump(TTL);
		assertThat(held.isHeld()).isFalse();
		awaitLost(1);
		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(held::renew);
	}

	@Test
	void isLostWhenTheServiceSaysThatItIsGone() throws InterruptedException {
		replica(holds("7"), GONE);
		HeldLock held = client().acquire("a");
		held.onLost(this.lost::add);
		this.time.pass(TTL.dividedBy(3));
		awaitLost(1);
		assertThat(held.isHeld()).isFalse();
		assertThat(this.lost.get(0).reason()).isEqualTo(Reason.GONE);
		assertThat(this.lost.get(0).detail()).isEqualTo("it expired");
		held.onLost(this.lost::add);
		awaitLost(2);
		assertThat(this.time.waiting()).isZero();
	}

	@Test
	void isLostWithTheOperatorsReasonWhenItIsRevoked() throws InterruptedException {
		replica(holds("7"), REVOKED);
		HeldLock held = client().acquire("a");
		held.onLost(this.lost::add);
		this.time.pass(TTL.dividedBy(3));
		awaitLost(1);
		assertThat(this.lost.get(0).reason()).isEqualTo(Reason.REVOKED);
		assertThat(this.lost.get(0).detail()).isEqualTo("host is replaced");
	}

	@Test
	void isRenewedAgainAfterARenewalThatNobodyAnswered() throws InterruptedException {
		ScriptedReplica down = replica(holds("7"), UNAVAILABLE);
		ScriptedReplica up = replica(losesTheAnswer(), holds("7"));
		HeldLock held = client().acquire("a");
		held.onLost(this.lost::add);
		this.time.pass(TTL.dividedBy(3));
		awaitDeadlineBeyond(held, TTL.dividedBy(2));
		assertThat(down.calls().size() + up.calls().size()).isGreaterThanOrEqualTo(4);
		assertThat(this.lost).isEmpty();
	}

	@Test
	void aListenerThatBlocksOrFailsDelaysNoRenewal() throws InterruptedException {
		CountDownLatch never = new CountDownLatch(1);
		ScriptedReplica replica = replica(holds("7"));
		LockClient client = client();
		HeldLock first = client.acquire("a", AcquireOptions.defaults().withoutRenewal());
		first.onLost((loss) -> {
			throw new IllegalStateException("a listener that fails");
		});
		first.onLost((loss) -> awaitQuietly(never));
		HeldLock second = client.acquire("b");
		this.time.jump(TTL.dividedBy(3));
		this.time.pass(Duration.ZERO);
		awaitRenewals(replica, 1);
		awaitTimers(3);
		assertThat(second.isHeld()).isTrue();
		this.time.jump(TTL.multipliedBy(2).dividedBy(3));
		assertThat(first.isHeld()).isFalse();
		this.time.pass(Duration.ZERO);
		awaitRenewals(replica, 2);
		never.countDown();
	}

	@Test
	void aClientThatIsClosedGivesEverythingBackAndTellsTheHolders() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		ScriptedReplica replica = replica(holds("7"), (exchange) -> {
			asked.countDown();
			awaitQuietly(never);
		}, RELEASED);
		LockClient client = client();
		HeldLock held = client.acquire("a");
		held.onLost(this.lost::add);
		CompletableFuture<Optional<HeldLock>> waiting = client.tryAcquireAsync("b", AcquireOptions.defaults());
		assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
		client.close();
		client.close();
		assertThat(held.isHeld()).isFalse();
		awaitLost(1);
		assertThat(this.lost.get(0).reason()).isEqualTo(Reason.CLIENT_CLOSED);
		assertThat(waiting).failsWithin(BOUND)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(IllegalStateException.class);
		assertThatIllegalStateException().isThrownBy(() -> client.acquire("c")).withMessageContaining("closed");
		held.close();
		Awaitility.await().atMost(BOUND).until(() -> count(replica, "DELETE") == 2);
		assertThat(client.heldLocks()).isEmpty();
		never.countDown();
	}

	@Test
	void aWaitThatIsCancelledGivesUpItsPlace() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		ScriptedReplica replica = replica((exchange) -> {
			asked.countDown();
			awaitQuietly(never);
		}, RELEASED);
		CompletableFuture<Optional<HeldLock>> waiting = client().tryAcquireAsync("a", AcquireOptions.defaults());
		assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
		waiting.cancel(true);
		Awaitility.await().atMost(BOUND).until(() -> count(replica, "DELETE") == 1);
		never.countDown();
	}

	@Test
	void knowsWhatItHoldsAndWhetherItIsAnswered() throws InterruptedException {
		ScriptedReplica replica = replica(holds("7"), UNAVAILABLE, UNAVAILABLE, RELEASED);
		LockClient client = client();
		HeldLock held = client.acquire("a");
		assertThat(client.heldLocks()).containsExactly(held);
		assertThat(client.isReachable()).isTrue();
		CompletableFuture<Void> closing = CompletableFuture.runAsync(held::close);
		assertThat(closing).succeedsWithin(BOUND);
		assertThat(client.isReachable()).isTrue();
		assertThat(client.heldLocks()).isEmpty();
		assertThat(count(replica, "DELETE")).isEqualTo(3);
	}

	@Test
	void aLeaseForWhichTheReplicaCannotVouchIsRenewedBeforeItIsUsed() throws InterruptedException {
		ScriptedReplica replica = replica(answers(200, "{\"state\":\"HELD\",\"fencingToken\":\"7\",\"expiresInMs\":0}"),
				holds("7"));
		assertThat(client().acquire("a").isHeld()).isTrue();
		awaitRenewals(replica, 1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 500, 502, 503, 504 })
	void aServersErrorIsAskedAgain(int status) throws InterruptedException {
		ScriptedReplica replica = replica(answers(status, "{\"title\":\"no\"}"), holds("7"));
		assertThat(client().acquire("a").fencingToken()).isEqualTo(7);
		assertThat(count(replica, "PUT")).isEqualTo(2);
	}

	private void awaitRenewals(ScriptedReplica replica, int atLeast) {
		Awaitility.await("renewals").atMost(BOUND).until(() -> count(replica, "POST") >= atLeast);
	}

	/** A renewal was answered and has been taken in. */
	private void awaitDeadlineBeyond(HeldLock held, Duration remaining) {
		Awaitility.await("a new deadline").atMost(BOUND).until(() -> held.remaining().compareTo(remaining) > 0);
		// The next renewal, which is set when the answer has been taken in, and the
		// deadline.
		awaitTimers(2);
	}

	private void awaitTimers(int waiting) {
		Awaitility.await("the next timer").atMost(BOUND).until(() -> this.time.waiting() >= waiting);
	}

	private void awaitLost(int times) {
		Awaitility.await("the loss").atMost(BOUND).until(() -> this.lost.size() == times);
	}

	private static long count(ScriptedReplica replica, String method) {
		return replica.calls().stream().filter((call) -> call.startsWith(method)).count();
	}

	private ScriptedReplica replica(Step... script) {
		ScriptedReplica replica = new ScriptedReplica(script);
		this.replicas.add(replica);
		return replica;
	}

	private LockClient client() {
		LockClient client = LockClient.builder()
			.urls(this.replicas.stream().map(ScriptedReplica::url).toList())
			.owner("test")
			.ticker(this.time::now)
			.timer(this.time)
			.build();
		this.clients.add(client);
		return client;
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
