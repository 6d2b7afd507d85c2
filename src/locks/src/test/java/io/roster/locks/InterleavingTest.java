package io.roster.locks;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.roster.locks.contract.Results;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Replicas that lag, answers that are lost, connections that break. */
class InterleavingTest extends ReplicasTest {

	private final UUID lease = UUID.randomUUID();

	private final UUID other = UUID.randomUUID();

	@Test
	void anUncontendedLockCostsTwoWritesAndNoReads() throws Exception {
		this.a.held(this.lock, this.lease);
		this.a.release(this.lock, this.lease);
		this.a.link.takeRequests();
		this.a.held(this.lock, this.other);
		this.a.release(this.lock, this.other);
		assertThat(this.a.link.takeRequests()).containsExactly(Link.CREATE, Link.DELETE);
	}

	@Test
	void aWaiterIsGrantedWithoutARead() throws Exception {
		// What the lock was declared as is read once.
		this.a.held(this.lock, UUID.randomUUID());
		this.a.release(this.lock, UUID.fromString(nodes().get(0).substring(3, 39)));
		this.b.held(this.lock, this.lease);
		this.a.awaitPlaces(this.lock, 1);
		this.a.link.takeRequests();
		CompletableFuture<AcquireResult> waiter = this.a.acquire(this.lock, this.other, TestReplica.LONG);
		this.b.awaitPlaces(this.lock, 2);
		this.b.release(this.lock, this.lease);
		Results.held(TestReplica.get(waiter));
		assertThat(this.a.link.takeRequests()).containsExactly(Link.CREATE);
	}

	@Test
	void aLeaseThatTwoReplicasCreateIsTheOlderOfTheTwo() throws Exception {
		this.b.link.holdAnswers();
		Lease first = this.a.held(this.lock, this.lease);
		CompletableFuture<AcquireResult> second = this.b.acquire(this.lock, this.lease, TestReplica.LONG);
		awaitNodesOf(this.lease, 2);
		this.b.link.passAnswers();
		assertThat(Results.held(TestReplica.get(second)).fencingToken()).isEqualTo(first.fencingToken());
		awaitNodesOf(this.lease, 1);
	}

	@Test
	void aReleaseTakesEveryNodeOfItsLease() throws Exception {
		this.b.link.holdAnswers();
		this.a.held(this.lock, this.lease);
		CompletableFuture<AcquireResult> second = this.b.acquire(this.lock, this.lease, TestReplica.LONG);
		awaitNodesOf(this.lease, 2);
		this.a.awaitPlaces(this.lock, 2);
		assertThat(this.a.release(this.lock, this.lease)).isEqualTo(ReleaseResult.RELEASED);
		assertThat(nodes()).isEmpty();
		second.cancel(true);
		this.b.link.passAnswers();
	}

	@Test
	void aLaggingReplicaDoesNotGrantWhatHasExpired() throws Exception {
		this.a.held(this.lock, this.lease);
		this.b.awaitPlaces(this.lock, 1);
		this.b.link.holdAnswers();
		this.a.time.advance(Duration.ofSeconds(31));
		this.a.awaitPlaces(this.lock, 0);
		Lease next = this.a.held(this.lock, this.other);
		// Its mirror still shows the expired node at the head.
		CompletableFuture<AcquireResult> again = this.b.acquire(this.lock, this.lease, TestReplica.LONG);
		this.b.link.passAnswers();
		awaitNodesOf(this.lease, 1);
		this.b.awaitPlaces(this.lock, 2);
		assertThat(again).isNotDone();
		this.a.release(this.lock, this.other);
		assertThat(token(Results.held(TestReplica.get(again)))).isGreaterThan(token(next));
	}

	@Test
	void aRenewalWithAnOldVersionIsTriedAgain() throws Exception {
		Lease held = this.a.held(this.lock, this.lease);
		Results.renewed(this.b.renew(this.lock, this.lease, held.fencingToken()));
		this.b.link.holdAnswers();
		Results.renewed(this.a.renew(this.lock, this.lease, held.fencingToken()));
		CompletableFuture<RenewResult> late = this.b.queues.renew(this.lock, this.lease, held.fencingToken());
		this.b.link.passAnswers();
		assertThat(Results.renewed(TestReplica.get(late)).fencingToken()).isEqualTo(held.fencingToken());
	}

	@Test
	void aReplicaThatHasNotSeenTheNodeYetRenewsAndReleasesIt() throws Exception {
		this.b.link.holdAnswers();
		Lease held = this.a.held(this.lock, this.lease);
		CompletableFuture<RenewResult> renewal = this.b.queues.renew(this.lock, this.lease, held.fencingToken());
		CompletableFuture<RenewResult> withoutToken = this.b.queues.renew(this.lock, this.lease, null);
		this.b.link.passAnswers();
		assertThat(Results.renewed(TestReplica.get(renewal)).state()).isEqualTo(LeaseState.HELD);
		assertThat(Results.renewed(TestReplica.get(withoutToken)).state()).isEqualTo(LeaseState.HELD);
		this.b.link.holdAnswers();
		this.a.held("another", this.other);
		CompletableFuture<ReleaseResult> release = this.b.queues.release("another", this.other);
		this.b.link.passAnswers();
		assertThat(TestReplica.get(release)).isEqualTo(ReleaseResult.RELEASED);
	}

	@Test
	void aCreateWhoseAnswerIsLostIsFoundAgain() throws Exception {
		this.a.held(this.lock, this.other);
		this.a.release(this.lock, this.other);
		this.a.link.holdAnswers();
		CompletableFuture<AcquireResult> acquired = this.a.acquire(this.lock, this.lease, Duration.ofSeconds(20));
		awaitNodesOf(this.lease, 1);
		this.a.link.cut();
		Lease held = Results.held(TestReplica.get(acquired));
		assertThat(nodesOf(this.lease)).singleElement().satisfies((name) -> {
			long czxid = this.raw.checkExists().forPath("/locks/" + this.lock + "/" + name).getCzxid();
			assertThat(token(held)).isEqualTo(czxid);
		});
	}

	@Test
	void aReleaseAndARenewalWhoseAnswersAreLostAreAnsweredAfterTheResync() throws Exception {
		Lease held = this.a.held(this.lock, this.lease);
		this.a.link.holdAnswers();
		CompletableFuture<RenewResult> renewal = this.a.queues.renew(this.lock, this.lease, held.fencingToken());
		awaitVersion(this.lease, 1);
		this.a.link.cut();
		assertThat(Results.renewed(TestReplica.get(renewal)).fencingToken()).isEqualTo(held.fencingToken());
		this.a.link.holdAnswers();
		CompletableFuture<ReleaseResult> release = this.a.queues.release(this.lock, this.lease);
		awaitNodesOf(this.lease, 0);
		this.a.link.cut();
		assertThat(TestReplica.get(release)).isEqualTo(ReleaseResult.RELEASED);
	}

	@Test
	void aWaiterSurvivesABrokenConnectionAndTheEndOfTheSession() throws Exception {
		this.b.held(this.lock, this.lease);
		CompletableFuture<AcquireResult> waiter = this.a.acquire(this.lock, this.other, TestReplica.LONG);
		this.b.awaitPlaces(this.lock, 2);
		this.a.link.refuse();
		this.a.awaitUnavailable();
		this.a.link.accepting();
		this.a.awaitAvailable();
		this.ensemble.closeSession(this.a.coordination.sessionId().orElseThrow());
		this.a.awaitUnavailable();
		assertThat(waiter).isNotDone();
		this.b.release(this.lock, this.lease);
		this.a.awaitAvailable();
		Lease held = Results.held(TestReplica.get(waiter));
		assertThat(nodes()).hasSize(1);
		assertThat(held.position()).isZero();
	}

	@Test
	void aReleaseThatAReplicaHasMissedGrantsItsWaiterAfterTheResync() throws Exception {
		this.b.held(this.lock, this.lease);
		CompletableFuture<AcquireResult> waiter = this.a.acquire(this.lock, this.other, TestReplica.LONG);
		this.b.awaitPlaces(this.lock, 2);
		this.a.link.refuse();
		this.a.awaitUnavailable();
		this.b.release(this.lock, this.lease);
		this.a.link.accepting();
		Results.held(TestReplica.get(waiter));
	}

	@Test
	void aReplicaThatIsNotInSyncGrantsAndRenewsNothing() throws Exception {
		Lease held = this.a.held(this.lock, this.lease);
		this.a.link.refuse();
		this.a.awaitUnavailable();
		assertUnavailable(this.a.acquire(this.lock, this.other, TestReplica.LONG));
		assertUnavailable(this.a.queues.renew(this.lock, this.lease, held.fencingToken()));
		assertUnavailable(this.a.queues.release(this.lock, this.lease));
		assertUnavailable(this.a.queues.find(this.lock, this.lease));
		assertThat(TestReplica.get(this.a.queues.view(this.lock)).holders()).hasSize(1);
		this.a.link.accepting();
		this.a.awaitAvailable();
		Results.renewed(this.a.renew(this.lock, this.lease, held.fencingToken()));
	}

	@Test
	void aCallIsAnsweredWithinItsBoundWhenTheEnsembleIsSilent() throws Exception {
		LockOptions options = LockOptions.defaults().withAnswerWithin(Duration.ofSeconds(2));
		try (TestReplica impatient = TestReplica.start(this.ensemble, options)) {
			impatient.link.holdAnswers();
			assertUnavailable(impatient.acquire(this.lock, this.lease, Duration.ofMillis(100)));
			assertUnavailable(impatient.queues.renew(this.lock, this.other, null));
			impatient.link.passAnswers();
			Results.held(TestReplica.get(impatient.acquire(this.lock, this.lease, Duration.ZERO)));
		}
	}

	@Test
	void aWaiterWhosePlaceMayHaveExpiredTakesANewOne() throws Exception {
		this.b.held(this.lock, this.lease);
		CompletableFuture<AcquireResult> waiter = this.a.acquire(this.lock, this.other, TestReplica.LONG);
		this.b.awaitPlaces(this.lock, 2);
		String place = nodesOf(this.other).get(0);
		this.a.link.refuse();
		this.a.awaitUnavailable();
		this.a.time.advance(Duration.ofSeconds(31));
		this.raw.delete().forPath("/locks/" + this.lock + "/" + place);
		this.a.link.accepting();
		awaitNodesOf(this.other, 1);
		assertThat(nodesOf(this.other)).doesNotContain(place);
		this.b.release(this.lock, this.lease);
		Results.held(TestReplica.get(waiter));
	}

	@Test
	void aWaiterWhosePlaceIsRemovedIsToldAndDoesNotComeBack() throws Exception {
		this.b.held(this.lock, this.lease);
		CompletableFuture<AcquireResult> waiter = this.a.acquire(this.lock, this.other, TestReplica.LONG);
		this.b.awaitPlaces(this.lock, 2);
		this.raw.delete().forPath("/locks/" + this.lock + "/" + nodesOf(this.other).get(0));
		assertThat(TestReplica.get(waiter)).isInstanceOf(AcquireResult.Gone.class);
		assertThat(nodes()).hasSize(1);
	}

	@Test
	void tokensGrowWhenTheLockIsRemovedAndMadeAgain() throws Exception {
		Lease first = this.a.held(this.lock, this.lease);
		String name = nodes().get(0);
		this.a.release(this.lock, this.lease);
		this.raw.delete().forPath("/locks/" + this.lock);
		Lease second = this.b.held(this.lock, this.other);
		assertThat(nodes().get(0).substring(name.length() - 10)).isEqualTo(name.substring(name.length() - 10));
		assertThat(token(second)).isGreaterThan(token(first));
	}

	@Test
	void theEpochStandsInFrontOfTheToken() throws Exception {
		Lease first = this.a.held(this.lock, this.lease);
		LockOptions raised = LockOptions.defaults().withFencingEpoch(3);
		try (TestReplica next = TestReplica.start(this.ensemble, raised)) {
			Lease renewed = Results.renewed(next.renew(this.lock, this.lease, first.fencingToken()));
			assertThat(token(renewed)).isEqualTo(token(first) + (3L << 48));
		}
	}

	@Test
	void closingEndsTheCallsAndLeavesTheLeases() throws Exception {
		this.b.held(this.lock, this.lease);
		CompletableFuture<AcquireResult> waiter = this.a.acquire(this.lock, this.other, TestReplica.LONG);
		this.b.awaitPlaces(this.lock, 2);
		this.a.queues.close();
		this.a.queues.close();
		assertUnavailable(waiter);
		assertUnavailable(this.a.queues.renew(this.lock, this.other, null));
		assertThat(nodes()).hasSize(2);
	}

	private static void assertUnavailable(CompletableFuture<?> call) {
		assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS)).cause()
			.isInstanceOfSatisfying(LocksUnavailableException.class,
					(unavailable) -> assertThat(unavailable.retryAfter()).isPositive());
	}

	private void awaitVersion(UUID id, int version) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.raw.checkExists()
				.forPath("/locks/" + this.lock + "/" + nodesOf(id).get(0))
				.getVersion() == version);
	}

}
