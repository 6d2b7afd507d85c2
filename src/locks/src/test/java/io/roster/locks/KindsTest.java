package io.roster.locks;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.roster.locks.contract.Results;
import org.apache.zookeeper.CreateMode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Kinds never mix in a queue, whoever lags. */
class KindsTest extends ReplicasTest {

	private final UUID lease = UUID.randomUUID();

	private UUID other = UUID.randomUUID();

	@Test
	void aQueueOfAnotherKindIsNotJoined() throws Exception {
		foreign("_c_" + UUID.randomUUID() + "-lock-", CreateMode.EPHEMERAL_SEQUENTIAL, "10.0.0.1");
		AcquireResult result = TestReplica.get(this.a.shared(this.lock, this.lease, TestReplica.LONG));
		assertThat(result).isEqualTo(new AcquireResult.WrongKind(LockKind.MUTEX));
		assertThat(nodes()).hasSize(1);
	}

	@Test
	void anExclusiveLeaseIsAWriterWhereTheQueueIsAReadWriteLocks() throws Exception {
		String reader = foreign("_c_" + UUID.randomUUID() + "-__READ__", CreateMode.EPHEMERAL_SEQUENTIAL, "10.0.0.1");
		CompletableFuture<AcquireResult> writer = this.a.acquire(this.lock, this.lease, TestReplica.LONG);
		awaitNodesOf(this.lease, 1);
		assertThat(nodesOf(this.lease).get(0)).contains("__WRIT__");
		this.raw.delete().forPath(reader);
		Results.held(TestReplica.get(writer));
	}

	@Test
	void aLockThatBecomesAnotherKindBehindALaggingReplicaIsJoinedAsThatKind() throws Exception {
		this.b.held(this.lock, this.other);
		this.b.release(this.lock, this.other);
		this.other = UUID.randomUUID();
		this.a.held(this.lock, this.other);
		this.a.release(this.lock, this.other);
		this.a.link.holdAnswers();
		this.other = UUID.randomUUID();
		TestReplica.get(this.b.shared(this.lock, this.other, Duration.ZERO));
		CompletableFuture<AcquireResult> late = this.a.acquire(this.lock, this.lease, TestReplica.LONG);
		awaitNodesOf(this.lease, 1);
		assertThat(nodesOf(this.lease).get(0)).contains("-lock-");
		this.a.link.passAnswers();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(nodesOf(this.lease)).singleElement().asString().contains("__WRIT__"));
		assertThat(late).isNotDone();
		this.b.release(this.lock, this.other);
		Results.held(TestReplica.get(late));
	}

	@Test
	void aKindDeclaredBehindALaggingReplicaIsSeenBeforeAnythingIsGranted() throws Exception {
		this.a.held(this.lock, this.other);
		this.a.release(this.lock, this.other);
		this.a.link.holdAnswers();
		TestReplica.get(this.b.queues.declare(this.lock, LockKind.READ_WRITE));
		CompletableFuture<AcquireResult> late = this.a.acquire(this.lock, this.lease, TestReplica.LONG);
		awaitNodesOf(this.lease, 1);
		assertThat(nodesOf(this.lease).get(0)).contains("-lock-");
		this.a.link.passAnswers();
		Results.held(TestReplica.get(late));
		assertThat(nodesOf(this.lease)).singleElement().asString().contains("__WRIT__");
	}

	@Test
	void fewerPermitsDeclaredBehindALaggingReplicaAreSeenBeforeAnythingIsGranted() throws Exception {
		TestReplica.get(this.b.queues.declare(this.lock, LockKind.SEMAPHORE, 3));
		this.a.held(this.lock, this.other);
		this.a.release(this.lock, this.other);
		this.b.awaitPlaces(this.lock, 0);
		this.a.link.holdAnswers();
		TestReplica.get(this.b.queues.declare(this.lock, LockKind.SEMAPHORE, 1));
		UUID holder = UUID.randomUUID();
		this.b.held(this.lock, holder);
		CompletableFuture<AcquireResult> late = this.a.acquire(this.lock, this.lease, TestReplica.LONG);
		awaitNodesOf(this.lease, 1);
		this.a.link.passAnswers();
		this.a.awaitPlaces(this.lock, 2);
		assertThat(TestReplica.get(this.a.queues.view(this.lock)).permits()).isOne();
		assertThat(late).isNotDone();
		this.b.release(this.lock, holder);
		Results.held(TestReplica.get(late));
	}

	@Test
	void aLockThatBecomesASemaphoreBehindALaggingReplicaIsJoinedAsOne() throws Exception {
		TestReplica.get(this.b.shared(this.lock, this.other, Duration.ZERO));
		this.a.awaitPlaces(this.lock, 1);
		this.b.release(this.lock, this.other);
		this.a.awaitPlaces(this.lock, 0);
		this.a.link.holdAnswers();
		TestReplica.get(this.b.queues.declare(this.lock, LockKind.SEMAPHORE, 2));
		CompletableFuture<AcquireResult> late = this.a.shared(this.lock, this.lease, TestReplica.LONG);
		awaitNodesOf(this.lease, 1);
		assertThat(nodesOf(this.lease).get(0)).contains("__READ__");
		this.a.link.passAnswers();
		assertThat(Results.held(TestReplica.get(late)).mode()).isEqualTo(Mode.SHARED);
		assertThat(nodesOf(this.lease)).singleElement().asString().contains("-lock-");
	}

	@Test
	void permitsThatAReplicaHasMissedGrantItsWaiterAfterTheResync() throws Exception {
		TestReplica.get(this.b.queues.declare(this.lock, LockKind.SEMAPHORE, 1));
		this.b.held(this.lock, this.other);
		CompletableFuture<AcquireResult> waiter = this.a.acquire(this.lock, this.lease, TestReplica.LONG);
		this.b.awaitPlaces(this.lock, 2);
		this.a.link.refuse();
		this.a.awaitUnavailable();
		TestReplica.get(this.b.queues.declare(this.lock, LockKind.SEMAPHORE, 2));
		this.a.link.accepting();
		Results.held(TestReplica.get(waiter));
	}

	@Test
	void curatorsMutexStandsInASemaphoresQueueAndWaitsForItsHead() throws Exception {
		TestReplica.get(this.b.queues.declare(this.lock, LockKind.SEMAPHORE, 2));
		foreign("_c_" + UUID.randomUUID() + "-lock-", CreateMode.EPHEMERAL_SEQUENTIAL, "10.0.0.1");
		this.a.awaitPlaces(this.lock, 1);
		this.a.held(this.lock, this.lease);
		assertThat(TestReplica.get(this.b.acquire(this.lock, this.other, Duration.ZERO)))
			.isInstanceOf(AcquireResult.Refused.class);
	}

	@Test
	void anEmptyQueueWhoseCounterIsHighStartsOverWithItsKindAndGrowingTokens() throws Exception {
		try (TestReplica low = TestReplica.start(this.ensemble, 3)) {
			TestReplica.get(low.queues.declare(this.lock, LockKind.READ_WRITE));
			UUID waiting = UUID.randomUUID();
			long token = 0;
			for (int i = 0; i < 3; i++) {
				this.other = UUID.randomUUID();
				token = token(low.held(this.lock, this.other));
				low.release(this.lock, this.other);
			}
			low.held(this.lock, this.lease);
			low.waiting(this.lock, waiting);
			long made = this.raw.checkExists().forPath("/locks/" + this.lock).getCzxid();
			low.release(this.lock, this.lease);
			assertThat(this.raw.checkExists().forPath("/locks/" + this.lock).getCzxid()).isEqualTo(made);
			low.release(this.lock, waiting);
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> this.raw.checkExists().forPath("/locks/" + this.lock).getCzxid() > made);
			Lease held = Results.held(TestReplica.get(this.b.acquire(this.lock, this.lease, TestReplica.LONG)));
			assertThat(token(held)).isGreaterThan(token);
			assertThat(nodesOf(this.lease)).singleElement().asString().endsWith("__WRIT__0000000000");
		}
	}

	@Test
	void aQueueInWhichSomebodyMixedTheKindsIsNotJoined() throws Exception {
		this.a.held(this.lock, this.lease);
		foreign("_c_" + UUID.randomUUID() + "-__READ__", CreateMode.EPHEMERAL_SEQUENTIAL, "10.0.0.1");
		AcquireResult result = TestReplica.get(this.a.acquire(this.lock, this.other, Duration.ZERO));
		assertThat(result).isEqualTo(new AcquireResult.WrongKind(LockKind.READ_WRITE));
		assertThat(nodesOf(this.other)).isEmpty();
		Results.renewed(this.a.renew(this.lock, this.lease, null));
	}

}
