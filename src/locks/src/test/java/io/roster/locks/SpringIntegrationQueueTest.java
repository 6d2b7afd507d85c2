package io.roster.locks;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

import io.roster.coordination.Coordination;
import io.roster.ensemble.LocalEnsemble;
import io.roster.locks.contract.Results;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.integration.zookeeper.lock.ZookeeperLockRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/** One queue with Spring Integration's registry, wherever it stands. */
class SpringIntegrationQueueTest {

	private static final String LOCK = "bike";

	@ParameterizedTest
	@ValueSource(strings = { "/locks", "/root/lock" })
	void theRegistryAndLeasesTakeTurnsInTheOrderOfTheirArrival(String root) throws Exception {
		try (LocalEnsemble ensemble = LocalEnsemble.start(1);
				TestReplica replica = TestReplica.start(ensemble, LockOptions.defaults().withRoot(root));
				Coordination application = Coordination.connect(ensemble.connectString(), TestReplica.TTL)) {
			ZookeeperLockRegistry registry = new ZookeeperLockRegistry(application.client(), root);
			UUID first = UUID.randomUUID();
			UUID third = UUID.randomUUID();
			Lease before = replica.held(LOCK, first);
			Turn second = new Turn(registry.obtain(LOCK));
			replica.awaitPlaces(LOCK, 2);
			CompletableFuture<AcquireResult> thirdTurn = replica.acquire(LOCK, third, TestReplica.LONG);
			replica.awaitPlaces(LOCK, 3);
			assertThat(TestReplica.get(replica.queues.view(LOCK)).waiters()).extracting(Place::client)
				.containsExactly(ClientKind.CURATOR, ClientKind.REST);
			assertThat(second.begun).isNotDone();
			replica.release(LOCK, first);
			second.begun.get(30, TimeUnit.SECONDS);
			assertThat(thirdTurn).isNotDone();
			second.ends.countDown();
			Lease after = Results.held(TestReplica.get(thirdTurn));
			assertThat(ReplicasTest.token(after)).isGreaterThan(ReplicasTest.token(before));
			second.ended.get(30, TimeUnit.SECONDS);
			registry.destroy();
		}
	}

	/** Locks and unlocks on one thread, as a lock of a thread must be. */
	private static final class Turn {

		private final CompletableFuture<Void> begun = new CompletableFuture<>();

		private final CountDownLatch ends = new CountDownLatch(1);

		private final CompletableFuture<Void> ended;

		Turn(Lock lock) {
			this.ended = CompletableFuture.runAsync(() -> take(lock), (task) -> new Thread(task, "turn").start());
		}

		private void take(Lock lock) {
			lock.lock();
			try {
				this.begun.complete(null);
				assertThat(this.ends.await(60, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			finally {
				lock.unlock();
			}
		}

	}

}
