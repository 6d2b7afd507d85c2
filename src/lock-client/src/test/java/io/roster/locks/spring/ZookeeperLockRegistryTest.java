package io.roster.locks.spring;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.retry.RetryOneTime;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Spring Integration's registry on a real ensemble. */
// A test that fails between lock and unlock needs no lock any more.
@SuppressWarnings("LockNotBeforeTry")
class ZookeeperLockRegistryTest {

	private static final Duration BOUND = Duration.ofSeconds(60);

	private final List<HeldLocksInDoubt> doubts = new CopyOnWriteArrayList<>();

	private LocalEnsemble ensemble;

	private CuratorFramework client;

	private HoldingZookeeperLockRegistry registry;

	@BeforeEach
	void start() throws InterruptedException {
		this.ensemble = LocalEnsemble.start(1);
		this.client = CuratorFrameworkFactory.newClient(this.ensemble.connectString(), 4_000, 4_000,
				new RetryOneTime(100));
		this.client.start();
		assertThat(this.client.blockUntilConnected(60, TimeUnit.SECONDS)).isTrue();
		this.registry = new HoldingZookeeperLockRegistry(this.client, "/locks", this.doubts::add);
	}

	@AfterEach
	void stop() {
		this.registry.destroy();
		this.client.close();
		this.ensemble.close();
	}

	@Test
	void itsLocksStandInTheQueuesOfTheLockService() throws Exception {
		Lock lock = this.registry.obtain("bike-1");
		lock.lock();
		assertThat(this.client.getChildren().forPath("/locks/bike-1")).singleElement()
			.asString()
			.matches("_c_[-0-9a-f]{36}-lock-\\d{10}");
		InterProcessMutex curator = new InterProcessMutex(this.client, "/locks/bike-1");
		CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> acquire(curator));
		Awaitility.await().atMost(BOUND).until(() -> this.client.getChildren().forPath("/locks/bike-1").size() == 2);
		assertThat(other).isNotDone();
		lock.unlock();
		assertThat(other).succeedsWithin(BOUND).isEqualTo(true);
	}

	private static boolean acquire(InterProcessMutex mutex) {
		try {
			mutex.acquire();
			return true;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void whatIsHeldIsNotForgottenHoweverManyOthersAreUsed() {
		this.registry.setCacheCapacity(1);
		this.registry.obtain("held").lock();
		this.registry.obtain("held").lock();
		for (int i = 0; i < 5; i++) {
			this.registry.obtain("other-" + i).lock();
			this.registry.obtain("other-" + i).unlock();
		}
		assertThat(this.registry.heldLocks()).containsExactly("held");
		this.registry.obtain("held").unlock();
		assertThat(this.registry.heldLocks()).containsExactly("held");
		this.registry.obtain("held").unlock();
		assertThat(this.registry.heldLocks()).isEmpty();
		this.registry.expireUnusedOlderThan(-1);
	}

	@Test
	void onlyTheThreadThatHoldsItUnlocksIt() {
		Lock lock = this.registry.obtain("bike-1");
		lock.lock();
		CompletableFuture<Void> other = CompletableFuture
			.runAsync(() -> assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(lock::unlock));
		assertThat(other).succeedsWithin(BOUND);
		assertThat(this.registry.heldLocks()).containsExactly("bike-1");
		lock.unlock();
		assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(lock::unlock);
	}

	@Test
	void aLostConnectionIsToldWithTheLocksThatAreHeld() {
		this.registry.obtain("bike-1").lock();
		this.registry.obtain("bike-2").lock();
		this.registry.obtain("bike-3").lock();
		this.registry.obtain("bike-3").unlock();
		this.ensemble.stop(1);
		Awaitility.await("both states").atMost(BOUND).until(() -> this.doubts.size() == 2);
		Set<String> held = Set.of("bike-1", "bike-2");
		assertThat(this.doubts).containsExactly(new HeldLocksInDoubt(HeldLocksInDoubt.State.SUSPENDED, held),
				new HeldLocksInDoubt(HeldLocksInDoubt.State.LOST, held));
	}

	@Test
	void withoutHeldLocksALostConnectionIsNobodysConcern() {
		List<String> states = new CopyOnWriteArrayList<>();
		this.registry.obtain("bike-1").lock();
		this.registry.obtain("bike-1").unlock();
		this.client.getConnectionStateListenable().addListener((connection, state) -> states.add(state.name()));
		this.ensemble.stop(1);
		Awaitility.await("the loss").atMost(BOUND).until(() -> states.contains("LOST"));
		assertThat(this.doubts).isEmpty();
	}

	@Test
	void aKeyIsOneSegmentOfAPath() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.obtain("a/b")).withMessageContaining("a/b");
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.obtain(7)).withMessageContaining("7");
	}

}
