package io.roster.lockservice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.roster.ensemble.LocalEnsemble;
import io.roster.locks.client.LockClient;
import io.roster.locks.client.LockException;
import io.roster.locks.shedlock.RosterLockProvider;
import net.javacrumbs.shedlock.core.ClockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * What ShedLock asks of a provider.
 */
class ShedLockTest {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static final Duration LONG = Duration.ofMinutes(5);

	private static final int THREADS = 4;

	private static LocalEnsemble ensemble;

	private static Replica replica;

	private final String name = "task-" + UUID.randomUUID();

	private LockClient client;

	private LockClient otherClient;

	private RosterLockProvider here;

	private RosterLockProvider there;

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		replica = Replica.start(ensemble.connectString()).awaitReady();
	}

	@AfterAll
	static void stop() {
		replica.close();
		ensemble.close();
	}

	@BeforeEach
	void connect() {
		this.client = replica.client("here");
		this.otherClient = replica.client("there");
		this.here = new RosterLockProvider(this.client);
		this.there = new RosterLockProvider(this.otherClient);
	}

	@AfterEach
	void close() {
		this.client.close();
		this.otherClient.close();
	}

	@Test
	void aLockIsHeldOnceUntilItIsGivenBack() {
		for (int i = 0; i < 5; i++) {
			SimpleLock lock = lock(this.here, LONG, Duration.ZERO).orElseThrow();
			assertThat(lock(this.there, LONG, Duration.ZERO)).isEmpty();
			assertThat(lock(this.here, LONG, Duration.ZERO)).isEmpty();
			lock.unlock();
			assertThat(places()).isZero();
		}
	}

	@Test
	void locksOfTwoNamesDoNotMeet() {
		SimpleLock lock = lock(this.here, LONG, Duration.ZERO).orElseThrow();
		SimpleLock other = this.here.lock(configuration(this.name + "-other", LONG, Duration.ZERO)).orElseThrow();
		other.unlock();
		assertThat(places()).isOne();
		lock.unlock();
	}

	@Test
	void aLockThatNobodyGivesBackEndsAfterItsMost() {
		assertThat(lock(this.here, Duration.ofSeconds(1), Duration.ZERO)).isPresent();
		await().atMost(BOUND).until(() -> lock(this.there, LONG, Duration.ZERO).isPresent());
	}

	@Test
	void aLockIsKeptForItsLeast() {
		SimpleLock lock = lock(this.here, LONG, Duration.ofSeconds(1)).orElseThrow();
		lock.unlock();
		// Nobody waits in here, so that it is a matter of time when it is free.
		await().atMost(BOUND).until(() -> lock(this.there, LONG, Duration.ZERO).isPresent());
	}

	@Test
	void aLockIsKeptForItsLeastByAProcessThatHasEnded() {
		lock(this.here, LONG, LONG).orElseThrow().unlock();
		this.client.close();
		assertThat(places()).isOne();
		assertThat(lock(this.there, LONG, Duration.ZERO)).isEmpty();
	}

	@Test
	void anExtendedLockOutlastsWhatItWasTakenFor() {
		SimpleLock lock = lock(this.here, Duration.ofSeconds(30), Duration.ZERO).orElseThrow();
		SimpleLock extended = lock.extend(LONG, Duration.ZERO).orElseThrow();
		SimpleLock again = extended.extend(LONG, Duration.ZERO).orElseThrow();
		assertThat(replica.queue(this.name).json().path("holders").path(0).path("ttl").asString()).isEqualTo("300s");
		again.unlock();
		assertThat(places()).isZero();
	}

	@Test
	void anExtensionCanSayForHowLongAtLeast() {
		SimpleLock lock = lock(this.here, Duration.ofSeconds(30), Duration.ZERO).orElseThrow();
		lock.extend(LONG, LONG).orElseThrow().unlock();
		assertThat(places()).isOne();
	}

	@Test
	void whatHasExpiredCannotBeExtended() {
		SimpleLock lock = lock(this.here, Duration.ofSeconds(1), Duration.ZERO).orElseThrow();
		await().atMost(BOUND).until(() -> places() == 0);
		assertThat(lock.extend(LONG, Duration.ZERO)).isEmpty();
		assertThat(places()).isZero();
	}

	@Test
	void whatWasGivenBackOrExtendedIsNotValidAnyMore() {
		SimpleLock lock = lock(this.here, LONG, Duration.ZERO).orElseThrow();
		SimpleLock extended = lock.extend(LONG, Duration.ZERO).orElseThrow();
		assertThatIllegalStateException().isThrownBy(lock::unlock);
		assertThatIllegalStateException().isThrownBy(() -> lock.extend(LONG, Duration.ZERO));
		extended.unlock();
		assertThatIllegalStateException().isThrownBy(() -> extended.extend(LONG, Duration.ZERO));
	}

	@Test
	void tasksOfSeveralThreadsRunOneAtATime() throws Exception {
		int[] counter = new int[1];
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		List<Future<?>> running = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			RosterLockProvider provider = (i % 2 == 0) ? this.here : this.there;
			running.add(threads.submit(() -> count(provider, counter)));
		}
		for (Future<?> each : running) {
			assertThat(each).succeedsWithin(BOUND);
		}
		threads.shutdown();
		assertThat(counter[0]).isEqualTo(5 * THREADS);
	}

	private void count(RosterLockProvider provider, int[] counter) {
		for (int done = 0; done < 5;) {
			Optional<SimpleLock> lock = lock(provider, LONG, Duration.ZERO);
			if (lock.isPresent()) {
				int before = counter[0];
				assertThat(places()).isOne();
				counter[0] = before + 1;
				lock.get().unlock();
				done++;
			}
		}
	}

	@Test
	void whatTheServiceDoesNotAllowIsToldAndNotTakenForALockThatIsHeld() {
		assertThatExceptionOfType(LockException.class)
			.isThrownBy(() -> lock(this.here, Duration.ofMillis(10), Duration.ZERO))
			.withMessageContaining("ttl");
	}

	private Optional<SimpleLock> lock(RosterLockProvider provider, Duration most, Duration least) {
		return provider.lock(configuration(this.name, most, least));
	}

	private static LockConfiguration configuration(String name, Duration most, Duration least) {
		return new LockConfiguration(ClockProvider.now(), name, most, least);
	}

	private int places() {
		return replica.queue(this.name).json().path("holders").size();
	}

}
