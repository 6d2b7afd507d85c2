package io.roster.locks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.roster.locks.contract.Results;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** One queue with Curator's mutex, which honours ours as we honour it. */
class CuratorQueueTest extends ReplicasTest {

	@Test
	void curatorAndRestClientsTakeTurnsInTheOrderOfTheirArrival() throws Exception {
		UUID first = UUID.randomUUID();
		UUID third = UUID.randomUUID();
		this.a.held(this.lock, first);
		CuratorTurn second = new CuratorTurn(mutex());
		this.a.awaitPlaces(this.lock, 2);
		CompletableFuture<AcquireResult> thirdTurn = this.b.acquire(this.lock, third, TestReplica.LONG);
		this.a.awaitPlaces(this.lock, 3);
		CuratorTurn fourth = new CuratorTurn(mutex());
		this.a.awaitPlaces(this.lock, 4);

		LockView view = TestReplica.get(this.a.queues.view(this.lock));
		assertThat(view.kind()).isEqualTo(LockKind.MUTEX);
		assertThat(view.holders()).extracting(Place::client).containsExactly(ClientKind.REST);
		assertThat(view.waiters()).extracting(Place::client)
			.containsExactly(ClientKind.CURATOR, ClientKind.REST, ClientKind.CURATOR);
		assertThat(view.waiters()).extracting(Place::lease).containsExactly(null, third.toString(), null);

		assertThat(second.begun()).isNotDone();
		this.a.release(this.lock, first);
		second.begun().get(30, TimeUnit.SECONDS);
		assertThat(thirdTurn).isNotDone();
		second.end();
		Results.held(TestReplica.get(thirdTurn));
		assertThat(fourth.begun()).isNotDone();
		this.b.release(this.lock, third);
		fourth.begun().get(30, TimeUnit.SECONDS);
		AcquireResult refused = TestReplica.get(this.a.acquire(this.lock, UUID.randomUUID(), Duration.ZERO));
		assertThat(refused).isInstanceOfSatisfying(AcquireResult.Refused.class,
				(answer) -> assertThat(answer.holders()).extracting(Place::client).containsExactly(ClientKind.CURATOR));
		fourth.end();
	}

	@Test
	void noTwoOfThemHoldAtATime() throws Exception {
		int[] counter = { 0 };
		List<CompletableFuture<Void>> clients = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			TestReplica replica = (i % 2 == 0) ? this.a : this.b;
			clients.add(run(() -> {
				for (int turn = 0; turn < 20; turn++) {
					UUID id = UUID.randomUUID();
					Results.held(TestReplica.get(replica.acquire(this.lock, id, TestReplica.LONG)));
					increment(counter);
					replica.release(this.lock, id);
				}
			}));
			clients.add(run(() -> {
				InterProcessMutex mutex = mutex();
				for (int turn = 0; turn < 20; turn++) {
					mutex.acquire();
					increment(counter);
					mutex.release();
				}
			}));
		}
		for (CompletableFuture<Void> client : clients) {
			client.get(60, TimeUnit.SECONDS);
		}
		assertThat(counter[0]).isEqualTo(160);
	}

	@Test
	void aFindOrReleaseWithTheNameOfACuratorNodeDoesNotTouchIt() throws Exception {
		CuratorTurn turn = new CuratorTurn(mutex());
		turn.begun().get(30, TimeUnit.SECONDS);
		UUID id = UUID.fromString(nodes().get(0).substring(3, 39));
		this.a.awaitPlaces(this.lock, 1);
		assertThat(TestReplica.get(this.a.queues.find(this.lock, id))).isEqualTo(new FindResult.Gone());
		assertThat(this.a.release(this.lock, id)).isEqualTo(ReleaseResult.GONE);
		this.a.link.refuse();
		this.a.awaitUnavailable();
		this.a.link.accepting();
		this.a.awaitAvailable();
		// All that was known of it must be read again, but not that it is a session's.
		assertThat(this.a.release(this.lock, id)).isEqualTo(ReleaseResult.GONE);
		assertThat(nodes()).hasSize(1);
		turn.end();
	}

	private InterProcessMutex mutex() {
		return new InterProcessMutex(this.raw, "/locks/" + this.lock);
	}

	private static void increment(int[] counter) {
		int before = counter[0];
		Thread.onSpinWait();
		counter[0] = before + 1;
	}

	private static CompletableFuture<Void> run(Step step) {
		return CompletableFuture.runAsync(() -> {
			try {
				step.run();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}, (task) -> new Thread(task).start());
	}

	private interface Step {

		void run() throws Exception;

	}

}
