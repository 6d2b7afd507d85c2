package io.roster.locks;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.roster.locks.contract.Results;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.data.Stat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Leases that nobody keeps go away, and no others. */
class ExpiryTest extends ReplicasTest {

	private final UUID lease = UUID.randomUUID();

	@Test
	void aLeaseLivesForItsTtlAndNotLonger() throws Exception {
		this.a.held(this.lock, this.lease);
		this.b.awaitPlaces(this.lock, 1);
		this.a.time.advance(Duration.ofSeconds(24));
		assertStays();
		this.a.time.advance(Duration.ofSeconds(7));
		this.b.awaitPlaces(this.lock, 0);
	}

	@Test
	void anyReplicaTakesAwayWhatAnotherOneHasLeft() throws Exception {
		this.a.held(this.lock, this.lease);
		this.b.awaitPlaces(this.lock, 1);
		this.a.close();
		// The first second is real: the version must be read in it.
		awaitRequest(this.b, Link.READ);
		this.b.time.advance(Duration.ofSeconds(31));
		this.b.awaitPlaces(this.lock, 0);
		assertThat(nodes()).isEmpty();
	}

	@Test
	void aRenewalAtAnotherReplicaStartsTheClockAnew() throws Exception {
		Lease held = this.a.held(this.lock, this.lease);
		this.a.time.advance(Duration.ofSeconds(25));
		Results.renewed(this.b.renew(this.lock, this.lease, held.fencingToken()));
		awaitRequest(this.a, Link.READ);
		this.a.time.advance(Duration.ofSeconds(25));
		assertStays();
		this.a.time.advance(Duration.ofSeconds(6));
		this.b.awaitPlaces(this.lock, 0);
	}

	@Test
	void aReplicaThatHasMissedARenewalTakesNothingAway() throws Exception {
		Lease held = this.a.held(this.lock, this.lease);
		this.a.link.takeRequests();
		this.a.link.holdAnswers();
		Results.renewed(this.b.renew(this.lock, this.lease, held.fencingToken()));
		this.a.time.advance(Duration.ofSeconds(31));
		awaitRequest(this.a, Link.DELETE);
		assertStays();
		this.a.link.passAnswers();
		this.a.time.advance(Duration.ofSeconds(20));
		assertStays();
		assertThat(this.a.renew(this.lock, this.lease, held.fencingToken())).isInstanceOf(RenewResult.Renewed.class);
	}

	@Test
	void twoReplicasMayTakeAwayTheSameLease() throws Exception {
		this.a.held(this.lock, this.lease);
		CompletableFuture<AcquireResult> waiter = this.b.acquire(this.lock, UUID.randomUUID(), TestReplica.LONG);
		this.a.awaitPlaces(this.lock, 2);
		awaitRequest(this.b, Link.READ);
		this.a.time.advance(Duration.ofSeconds(20));
		this.b.time.advance(Duration.ofSeconds(20));
		awaitWaiterKept(this.a);
		this.a.link.holdAnswers();
		this.a.time.advance(Duration.ofSeconds(11));
		awaitRequest(this.a, Link.DELETE);
		this.b.time.advance(Duration.ofSeconds(11));
		Results.held(TestReplica.get(waiter));
		this.a.link.passAnswers();
		this.a.awaitPlaces(this.lock, 1);
		assertThat(nodes()).hasSize(1);
	}

	@Test
	void aRestartedReplicaGivesALeaseItsWholeTtlAgain() throws Exception {
		Lease held = this.a.held(this.lock, this.lease);
		this.b.close();
		this.a.close();
		try (TestReplica restarted = TestReplica.start(this.ensemble)) {
			restarted.awaitPlaces(this.lock, 1);
			restarted.time.advance(Duration.ofSeconds(28));
			assertThat(Results.renewed(restarted.renew(this.lock, this.lease, held.fencingToken())).fencingToken())
				.isEqualTo(held.fencingToken());
		}
	}

	@Test
	void aRevokedLeaseEndsWithItsTtlAndTheNextIsGranted() throws Exception {
		Lease held = this.a.held(this.lock, this.lease);
		CompletableFuture<AcquireResult> next = this.a.acquire(this.lock, UUID.randomUUID(), TestReplica.LONG);
		this.a.awaitPlaces(this.lock, 2);
		TestReplica.get(this.a.queues.revoke(this.lock, this.lease, "why"));
		assertThat(this.b.renew(this.lock, this.lease, held.fencingToken())).isEqualTo(new RenewResult.Revoked("why"));
		this.a.time.advance(Duration.ofSeconds(16));
		awaitWaiterKept(this.a);
		assertThat(next).isNotDone();
		this.a.time.advance(Duration.ofSeconds(16));
		Results.held(TestReplica.get(next));
		assertThat(this.a.renew(this.lock, this.lease, held.fencingToken())).isEqualTo(new RenewResult.Gone());
	}

	@Test
	void foreignNodesAreNeverTakenAway() throws Exception {
		foreign("_c_" + UUID.randomUUID() + "-lock-", CreateMode.EPHEMERAL_SEQUENTIAL, "10.0.0.1");
		foreign("_c_" + UUID.randomUUID() + "-lock-", CreateMode.PERSISTENT_SEQUENTIAL, "not a lease");
		foreign("_c_" + UUID.randomUUID() + "-lock-", CreateMode.PERSISTENT_SEQUENTIAL, "{\"ttlMs\":0}");
		foreign("lock-", CreateMode.PERSISTENT_SEQUENTIAL, "{\"mode\":\"EXCLUSIVE\",\"ttlMs\":1000}");
		foreign("_c_" + UUID.randomUUID() + "-lock-", CreateMode.EPHEMERAL_SEQUENTIAL,
				"{\"mode\":\"EXCLUSIVE\",\"ttlMs\":1000}");
		this.a.awaitPlaces(this.lock, 5);
		this.b.awaitPlaces(this.lock, 5);
		this.a.time.advance(Duration.ofHours(25));
		this.b.time.advance(Duration.ofHours(25));
		assertStays();
		assertThat(nodes()).hasSize(5);
	}

	@Test
	void aClientThatHasGoneLeavesTheQueueWithItsTtl() throws Exception {
		this.b.held(this.lock, this.lease);
		UUID gone = UUID.randomUUID();
		CompletableFuture<AcquireResult> waiter = this.a.acquire(this.lock, gone, TestReplica.LONG);
		this.a.awaitPlaces(this.lock, 2);
		waiter.cancel(true);
		this.a.time.advance(Duration.ofSeconds(31));
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(nodesOf(gone)).isEmpty());
	}

	@Test
	void aLongWaitIsKeptAliveAndItsHolderMustRenewBeforeUse() throws Exception {
		this.b.held(this.lock, this.lease);
		UUID id = UUID.randomUUID();
		CompletableFuture<AcquireResult> waiter = this.a.acquire(this.lock, id, TestReplica.LONG);
		this.a.awaitPlaces(this.lock, 2);
		this.a.link.takeRequests();
		for (int third = 0; third < 4; third++) {
			this.a.time.advance(Duration.ofSeconds(30));
			Results.renewed(this.b.renew(this.lock, this.lease, null));
			awaitRequest(this.a, Link.WRITE);
		}
		this.b.release(this.lock, this.lease);
		assertThat(Results.held(TestReplica.get(waiter)).expiresInMs()).isZero();
		Stat granted = this.raw.checkExists().forPath("/locks/" + this.lock + "/" + nodesOf(id).get(0));
		assertThat(granted.getVersion()).isEqualTo(4);
		assertThat(Results.renewed(this.a.renew(this.lock, id, null)).expiresInMs()).isGreaterThan(20_000);
	}

	@Test
	void thePlaceOfAWaitThatHasPassedIsKeptForAWholeTtl() throws Exception {
		this.b.held(this.lock, this.lease);
		UUID id = UUID.randomUUID();
		CompletableFuture<AcquireResult> waiter = this.a.acquire(this.lock, id, Duration.ofSeconds(9));
		this.a.awaitPlaces(this.lock, 2);
		this.a.time.advance(Duration.ofSeconds(9));
		assertThat(Results.waiting(TestReplica.get(waiter)).expiresInMs()).isGreaterThan(29_000);
		Results.renewed(this.b.renew(this.lock, this.lease, null));
		awaitHolderKept(this.a);
		this.a.time.advance(Duration.ofSeconds(20));
		assertStays();
		assertThat(nodesOf(id)).hasSize(1);
	}

	/** Waits until a replica has seen the renewal of the holder. */
	private void awaitHolderKept(TestReplica replica) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(30, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(TestReplica.get(replica.queues.view(this.lock)).holders()).singleElement()
				.satisfies((place) -> assertThat(place.expiresInMs()).isGreaterThan(21_500)));
	}

	/** Waits until a replica has seen the renewal of the only waiter. */
	private void awaitWaiterKept(TestReplica replica) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(30, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(TestReplica.get(replica.queues.view(this.lock)).waiters()).singleElement()
				.satisfies((place) -> assertThat(place.expiresInMs()).isGreaterThan(20_000)));
	}

	private void assertStays() {
		Awaitility.await()
			.during(Duration.ofMillis(300))
			.atMost(Duration.ofSeconds(30))
			.until(() -> !nodes().isEmpty());
	}

	private static void awaitRequest(TestReplica replica, int type) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(30, TimeUnit.SECONDS)
			.until(() -> replica.link.takeRequests().contains(type));
	}

}
