package io.roster.locks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.roster.locks.contract.Results;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Several locks at once are all or none, whoever lags, dies or interferes. */
class MultiLocksTest extends ReplicasTest {

	private static final MultiResult GONE = new MultiResult.Ended(new AcquireResult.Gone());

	/** Its place carries the lease, because it is the first by name. */
	private final String anchor = "another";

	private final UUID lease = UUID.randomUUID();

	private final UUID other = UUID.randomUUID();

	@Test
	void anUncontendedLeaseCostsTwoTransactionsAndItsRenewalOneWrite() throws Exception {
		held(this.a, this.other);
		release(this.a, this.other);
		this.a.link.takeRequests();
		MultiLease held = held(this.a, this.lease);
		Results.standing(TestReplica.get(this.a.queues.renew(claim(), held.fencingToken())), LeaseState.HELD);
		release(this.a, this.lease);
		assertThat(this.a.link.takeRequests()).containsExactly(Link.MULTI, Link.WRITE, Link.MULTI);
	}

	@Test
	void aCreateWhoseAnswerIsLostIsFoundAgain() throws Exception {
		held(this.a, this.other);
		release(this.a, this.other);
		this.a.link.holdAnswers();
		CompletableFuture<MultiResult> acquired = acquire(this.a, this.lease, TestReplica.LONG);
		awaitNodesOf(this.lease, 1);
		this.a.link.cut();
		assertStandsOnce(Results.standing(TestReplica.get(acquired), LeaseState.HELD));
	}

	@Test
	void aLeaseThatTwoReplicasCreateIsTheOlderOfTheTwo() throws Exception {
		held(this.b, this.other);
		release(this.b, this.other);
		this.b.link.holdAnswers();
		MultiLease first = held(this.a, this.lease);
		CompletableFuture<MultiResult> second = acquire(this.b, this.lease, TestReplica.LONG);
		awaitNodesOf(this.lease, 2);
		this.b.link.passAnswers();
		assertThat(Results.standing(TestReplica.get(second), LeaseState.HELD).fencingToken())
			.isEqualTo(first.fencingToken());
		awaitNodesOf(this.lease, 1);
		assertStandsOnce(first);
	}

	@Test
	void aReleaseWhoseAnswerIsLostHasTakenAllPlaces() throws Exception {
		held(this.a, this.lease);
		this.a.link.holdAnswers();
		CompletableFuture<ReleaseResult> release = this.a.queues.release(claim());
		awaitNodesOf(this.lease, 0);
		assertThat(nodesOf(this.anchor, this.lease)).isEmpty();
		this.a.link.cut();
		assertThat(TestReplica.get(release)).isEqualTo(ReleaseResult.RELEASED);
	}

	@Test
	void anotherReplicaGoesOnInThePlacesWhenTheFirstDies() throws Exception {
		this.b.held(this.lock, this.other);
		CompletableFuture<MultiResult> lost = acquire(this.a, this.lease, TestReplica.LONG);
		this.b.awaitPlaces(this.lock, 2);
		String place = nodesOf(this.lease).get(0);
		this.a.queues.close();
		assertThat(lost).isCompletedExceptionally();
		CompletableFuture<MultiResult> again = acquire(this.b, this.lease, TestReplica.LONG);
		this.b.release(this.lock, this.other);
		MultiLease held = Results.standing(TestReplica.get(again), LeaseState.HELD);
		assertThat(nodesOf(this.lease)).containsExactly(place);
		assertStandsOnce(held);
	}

	@Test
	void aReplicaThatDidNotMakeItExpiresItAsAWhole() throws Exception {
		held(this.b, this.lease);
		this.a.awaitPlaces(this.lock, 1);
		this.a.time.advance(Duration.ofSeconds(20));
		MultiLease renewed = Results.standing(TestReplica.get(this.b.queues.renew(claim(), null)), LeaseState.HELD);
		// What this replica has seen until then is before the renewal's end.
		Results.standing(TestReplica.get(this.a.queues.find(claim())), LeaseState.HELD);
		this.a.time.advance(Duration.ofSeconds(20));
		assertThat(
				Results.standing(TestReplica.get(this.a.queues.renew(claim(), null)), LeaseState.HELD).fencingToken())
			.isEqualTo(renewed.fencingToken());
		this.a.time.advance(Duration.ofSeconds(31));
		awaitNodesOf(this.lease, 0);
		assertThat(nodesOf(this.anchor, this.lease)).isEmpty();
		assertThat(TestReplica.get(this.b.queues.renew(claim(), renewed.fencingToken()))).isEqualTo(GONE);
	}

	@Test
	void aPlaceThatSomebodyTakesAwayIsTheEndOfTheLease() throws Exception {
		MultiLease held = held(this.a, this.lease);
		this.raw.delete().forPath("/locks/" + this.lock + "/" + nodesOf(this.lease).get(0));
		this.a.awaitPlaces(this.lock, 0);
		assertThat(TestReplica.get(this.a.queues.renew(claim(), held.fencingToken()))).isEqualTo(GONE);
		assertThat(nodesOf(this.anchor, this.lease)).isEmpty();
	}

	@Test
	void aPlaceWhoseAnchorSomebodyTookAwayEndsByItself() throws Exception {
		held(this.b, this.lease);
		this.a.awaitPlaces(this.lock, 1);
		this.raw.delete().forPath("/locks/" + this.anchor + "/" + nodesOf(this.anchor, this.lease).get(0));
		this.a.awaitPlaces(this.anchor, 0);
		this.a.time.advance(Duration.ofSeconds(31));
		awaitNodesOf(this.lease, 0);
		this.b.awaitPlaces(this.lock, 0);
		this.b.held(this.lock, this.other);
	}

	@Test
	void aKindDeclaredBehindALaggingReplicaMovesAllPlaces() throws Exception {
		held(this.a, this.other);
		release(this.a, this.other);
		this.b.awaitPlaces(this.lock, 0);
		this.a.link.holdAnswers();
		TestReplica.get(this.b.queues.declare(this.lock, LockKind.READ_WRITE));
		CompletableFuture<MultiResult> late = acquire(this.a, this.lease, TestReplica.LONG);
		awaitNodesOf(this.lease, 1);
		assertThat(nodesOf(this.lease).get(0)).contains("-lock-");
		this.a.link.passAnswers();
		MultiLease held = Results.standing(TestReplica.get(late), LeaseState.HELD);
		assertThat(nodesOf(this.lease)).singleElement().asString().contains("__WRIT__");
		assertStandsOnce(held);
	}

	@Test
	void aWaiterOfTheWholeSurvivesTheEndOfTheSession() throws Exception {
		this.b.held(this.lock, this.other);
		CompletableFuture<MultiResult> waiter = acquire(this.a, this.lease, TestReplica.LONG);
		this.b.awaitPlaces(this.lock, 2);
		this.ensemble.closeSession(this.a.coordination.sessionId().orElseThrow());
		this.a.awaitUnavailable();
		assertThat(waiter).isNotDone();
		this.b.release(this.lock, this.other);
		assertStandsOnce(Results.standing(TestReplica.get(waiter), LeaseState.HELD));
	}

	/** One place in each queue, made by one transaction, whose token the lease has. */
	private void assertStandsOnce(MultiLease held) throws Exception {
		for (String name : List.of(this.lock, this.anchor)) {
			assertThat(nodesOf(name, this.lease)).singleElement()
				.satisfies(
						(node) -> assertThat(this.raw.checkExists().forPath("/locks/" + name + "/" + node).getCzxid())
							.isEqualTo(Long.parseLong(String.valueOf(held.fencingToken()))));
		}
	}

	private List<String> nodesOf(String name, UUID id) throws Exception {
		try {
			return this.raw.getChildren()
				.forPath("/locks/" + name)
				.stream()
				.filter((node) -> node.contains(id.toString()))
				.toList();
		}
		catch (KeeperException.NoNodeException ex) {
			return List.of();
		}
	}

	private MultiClaim claim() {
		return new MultiClaim(this.lease, null);
	}

	private CompletableFuture<MultiResult> acquire(TestReplica replica, UUID id, Duration wait) {
		return replica.queues.acquire(
				new MultiRequest(id, "alice", List.of(this.lock, this.anchor), TestReplica.TTL, wait, Map.of(), null));
	}

	private MultiLease held(TestReplica replica, UUID id) throws Exception {
		return Results.standing(TestReplica.get(acquire(replica, id, Duration.ZERO)), LeaseState.HELD);
	}

	private static void release(TestReplica replica, UUID id) throws Exception {
		assertThat(TestReplica.get(replica.queues.release(new MultiClaim(id, null)))).isEqualTo(ReleaseResult.RELEASED);
	}

}
