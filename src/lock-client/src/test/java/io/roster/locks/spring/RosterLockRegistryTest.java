package io.roster.locks.spring;

import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.roster.locks.client.AcquireOptions;
import io.roster.locks.client.LockClient;
import io.roster.locks.client.ScriptedReplica;
import io.roster.locks.client.ScriptedReplica.Step;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.CannotAcquireLockException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What a {@code java.util.concurrent} lock promises, over leases. */
// A test that fails between lock and unlock needs no lock any more.
@SuppressWarnings("LockNotBeforeTry")
class RosterLockRegistryTest {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static final Step HOLDS = ScriptedReplica.holds("7");

	private static final Step RELEASED = ScriptedReplica.answers(200, "{\"state\":\"RELEASED\"}");

	private static final Step LOCK_HELD = ScriptedReplica.answers(409,
			"{\"type\":\"urn:roster:problem:lock-held\",\"holders\":[]}");

	private static final Step GONE = ScriptedReplica.answers(410, "{\"detail\":\"gone\"}");

	private ScriptedReplica replica = new ScriptedReplica(HOLDS);

	private LockClient client = LockClient.builder().url(this.replica.url()).build();

	@AfterEach
	void stop() {
		this.client.close();
		this.replica.close();
	}

	private RosterLockRegistry registry(Step... script) {
		stop();
		this.replica = new ScriptedReplica(script);
		// Long enough for no renewal to come in between on the slowest machine.
		this.client = LockClient.builder()
			.url(this.replica.url())
			.owner("me")
			.defaults(AcquireOptions.defaults().withTtl(Duration.ofHours(1)))
			.build();
		return new RosterLockRegistry(this.client);
	}

	@Test
	void aThreadThatHoldsItLocksItAgainWithoutAsking() throws Exception {
		RosterLockRegistry registry = registry(HOLDS, RELEASED);
		RosterLock lock = registry.obtain("a");
		lock.lock();
		assertThat(lock.tryLock()).isTrue();
		assertThat(registry.obtain("a").tryLock(1, TimeUnit.SECONDS)).isTrue();
		lock.lockInterruptibly();
		assertThat(lock.fencingToken()).isEqualTo(7);
		assertThat(this.replica.calls()).hasSize(1);
		lock.unlock();
		lock.unlock();
		lock.unlock();
		assertThat(lock.isHeldByCurrentThread()).isTrue();
		assertThat(this.replica.calls()).hasSize(1);
		lock.unlock();
		assertThat(lock.isHeldByCurrentThread()).isFalse();
		assertThat(this.replica.calls()).hasSize(2);
	}

	@Test
	void theOwnerIsTheThread() {
		registry(HOLDS, RELEASED).obtain("a").lock();
		assertThat(this.replica.bodies().get(0)).contains("\"owner\":\"me/" + Thread.currentThread().getName());
	}

	@Test
	void anotherThreadDoesNotHoldItAndCannotUnlockIt() {
		RosterLock lock = registry(HOLDS, RELEASED).obtain("a");
		lock.lock();
		CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
			assertThat(lock.isHeldByCurrentThread()).isFalse();
			assertThat(lock.tryLock()).isFalse();
			assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(lock::unlock)
				.withMessageContaining("lock a");
			assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(lock::fencingToken);
		});
		assertThat(other).succeedsWithin(BOUND);
		assertThat(lock.isHeldByCurrentThread()).isTrue();
		// The other thread did not get as far as the service.
		assertThat(this.replica.calls()).hasSize(1);
	}

	@Test
	void whatSomebodyElseHoldsIsNotHad() throws InterruptedException {
		RosterLock lock = registry(LOCK_HELD).obtain("a");
		assertThat(lock.tryLock()).isFalse();
		assertThat(lock.tryLock(0, TimeUnit.SECONDS)).isFalse();
		assertThat(lock.isHeldByCurrentThread()).isFalse();
		assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(lock::unlock);
	}

	@Test
	void unlockingWhatWasLostSaysSoAndLetsGo() {
		RosterLockRegistry registry = registry(HOLDS, GONE, RELEASED, HOLDS, RELEASED);
		RosterLock lock = registry.obtain("a");
		lock.lock();
		assertThat(catchThrowable(() -> registry.renewLock("a"))).isNotNull();
		assertThat(lock.isHeldByCurrentThread()).isFalse();
		assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(lock::lock)
			.withMessageContaining("unlock it first");
		assertThatExceptionOfType(ConcurrentModificationException.class).isThrownBy(lock::unlock);
		assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(lock::unlock);
		lock.lock();
		lock.unlock();
	}

	@Test
	void aRefusalIsToldAsSpringTellsIt() {
		RosterLock lock = registry(ScriptedReplica.answers(400, "{\"detail\":\"ttl is too short\"}")).obtain("a");
		assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(lock::lock)
			.withMessageContaining("ttl is too short");
		assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(lock::tryLock);
	}

	@Test
	void anInterruptEndsAWaitThatAllowsIt() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		RosterLock lock = registry((exchange) -> {
			asked.countDown();
			await(never);
		}, RELEASED).obtain("a");
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread waiting = new Thread(() -> {
			try {
				lock.lockInterruptibly();
				interrupted.complete(false);
			}
			catch (InterruptedException ex) {
				interrupted.complete(true);
			}
		});
		waiting.start();
		assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
		waiting.interrupt();
		assertThat(interrupted).succeedsWithin(BOUND).isEqualTo(true);
		Awaitility.await()
			.atMost(BOUND)
			.until(() -> this.replica.calls().get(this.replica.calls().size() - 1).startsWith("DELETE"));
		never.countDown();
	}

	@Test
	void anInterruptDoesNotEndAWaitThatForbidsItAndIsKept() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		RosterLock lock = registry((exchange) -> {
			asked.countDown();
			await(answer);
			HOLDS.answer(exchange);
		}, RELEASED).obtain("a");
		CompletableFuture<Boolean> held = new CompletableFuture<>();
		Thread waiting = new Thread(() -> {
			lock.lock();
			held.complete(lock.isHeldByCurrentThread() && Thread.interrupted());
			lock.unlock();
		});
		waiting.start();
		assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
		waiting.interrupt();
		answer.countDown();
		assertThat(held).succeedsWithin(BOUND).isEqualTo(true);
		waiting.join(BOUND.toMillis());
		assertThat(waiting.isAlive()).isFalse();
		assertThat(this.replica.calls()).hasSize(2);
	}

	@Test
	void itsTtlCanBeChosenAndStaysAsItIs() {
		RosterLockRegistry registry = registry(HOLDS, HOLDS, RELEASED);
		registry.obtain("a").lock(Duration.ofHours(2));
		assertThat(this.replica.bodies().get(0)).contains("\"ttl\":\"PT2H\"");
		registry.renewLock("a", Duration.ofHours(2));
		assertThat(this.replica.calls()).hasSize(2);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> registry.renewLock("a", Duration.ofHours(3)));
		registry.obtain("a").unlock();
	}

	@Test
	void onlyWhatIsNotInUseIsForgotten() {
		RosterLockRegistry registry = registry(HOLDS, RELEASED);
		RosterLock used = registry.obtain("used");
		RosterLock unused = registry.obtain("unused");
		used.lock();
		registry.expireUnusedOlderThan(-1);
		assertThat(registry.obtain("used")).isSameAs(used);
		assertThat(registry.obtain("unused")).isNotSameAs(unused);
		used.unlock();
	}

	@Test
	void aKeyIsAName() {
		RosterLockRegistry registry = registry(HOLDS);
		assertThatIllegalArgumentException().isThrownBy(() -> registry.obtain(7)).withMessageContaining("7");
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
