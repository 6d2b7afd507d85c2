package io.roster.locks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.roster.locks.contract.Results;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A lock goes to the next at the same replica while the delete of the place before it is
 * still on its way, and nothing that can happen to that delete grants it twice. The
 * requests of the replica are held back from the release on.
 */
class HandToHandTest extends ReplicasTest {

	private final UUID first = UUID.randomUUID();

	private final UUID second = UUID.randomUUID();

	private final UUID third = UUID.randomUUID();

	@BeforeEach
	void knowTheLock() throws Exception {
		UUID before = UUID.randomUUID();
		this.a.held(this.lock, before);
		this.a.release(this.lock, before);
	}

	@Test
	void theNextHoldsWhileTheDeleteIsOnItsWay() throws Exception {
		Lease before = this.a.held(this.lock, this.first);
		CompletableFuture<AcquireResult> next = waiter(this.a, this.second, 2);
		CompletableFuture<ReleaseResult> release = releaseAndHold(this.first);
		Lease held = Results.held(TestReplica.get(next));
		assertThat(token(held)).isGreaterThan(token(before));
		assertThat(nodes()).hasSize(2);
		assertThat(release).isNotDone();
		assertShows(this.a, this.second, 0);
		assertThat(this.a.queues.counts()).isEqualTo(new LockCounts(1, 1, 0));
		this.a.link.passRequests();
		assertThat(TestReplica.get(release)).isEqualTo(ReleaseResult.RELEASED);
		assertThat(nodes()).singleElement().asString().contains(this.second.toString());
	}

	@Test
	void aQueueIsPassedOnInItsOrderWithoutACommitInBetween() throws Exception {
		List<UUID> leases = new ArrayList<>();
		List<CompletableFuture<AcquireResult>> calls = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			leases.add(UUID.randomUUID());
			calls.add(this.a.acquire(this.lock, leases.get(i), TestReplica.LONG));
		}
		this.a.awaitPlaces(this.lock, calls.size());
		List<CompletableFuture<ReleaseResult>> releases = new ArrayList<>();
		this.a.link.hold(Link.DELETE);
		long last = 0;
		for (int i = 0; i < leases.size(); i++) {
			Lease held = Results.held(TestReplica.get(calls.get(i)));
			assertThat(token(held)).isGreaterThan(last);
			last = token(held);
			assertThat(calls.subList(i + 1, calls.size())).allSatisfy((later) -> assertThat(later).isNotDone());
			releases.add(this.a.queues.release(this.lock, leases.get(i)));
		}
		assertThat(nodes()).hasSize(10);
		this.a.link.passRequests();
		for (CompletableFuture<ReleaseResult> release : releases) {
			assertThat(TestReplica.get(release)).isEqualTo(ReleaseResult.RELEASED);
		}
		assertThat(nodes()).isEmpty();
	}

	@Test
	void aSuccessorThatReleasesElsewhereDoesNotLetTheThirdInBeforeTheDelete() throws Exception {
		this.a.held(this.lock, this.first);
		CompletableFuture<AcquireResult> next = waiter(this.a, this.second, 2);
		CompletableFuture<AcquireResult> last = waiter(this.b, this.third, 3);
		CompletableFuture<ReleaseResult> release = releaseAndHold(this.first);
		Lease held = Results.held(TestReplica.get(next));
		assertThat(this.b.release(this.lock, this.second)).isEqualTo(ReleaseResult.RELEASED);
		assertShows(this.b, this.first, 1);
		assertThat(last).isNotDone();
		this.a.link.passRequests();
		assertThat(TestReplica.get(release)).isEqualTo(ReleaseResult.RELEASED);
		assertThat(token(Results.held(TestReplica.get(last)))).isGreaterThan(token(held));
	}

	@Test
	void anotherReplicaPassesItsOwnReleaseOnToNobodyBehindThePlaceOfSomebodyElse() throws Exception {
		this.a.held(this.lock, this.first);
		CompletableFuture<AcquireResult> next = waiter(this.a, this.second, 2);
		CompletableFuture<AcquireResult> last = waiter(this.b, this.third, 3);
		CompletableFuture<ReleaseResult> unused = releaseAndHold(this.first);
		Results.held(TestReplica.get(next));
		this.b.link.takeRequests();
		this.b.link.hold(Link.DELETE);
		CompletableFuture<ReleaseResult> elsewhere = this.b.queues.release(this.lock, this.second);
		this.b.awaitRequest(Link.DELETE);
		assertShows(this.b, this.first, 1);
		assertThat(last).isNotDone();
		this.b.link.passRequests();
		TestReplica.get(elsewhere);
		assertThat(last).isNotDone();
		this.a.link.passRequests();
		Results.held(TestReplica.get(last));
	}

	@Test
	void aReleaseWhoseDeleteIsLostCountsAgainUntilItIsSentAgain() throws Exception {
		this.a.held(this.lock, this.first);
		CompletableFuture<AcquireResult> next = waiter(this.a, this.second, 2);
		CompletableFuture<ReleaseResult> release = releaseAndHold(this.first);
		Lease held = Results.held(TestReplica.get(next));
		this.a.link.refuse();
		this.a.awaitUnavailable();
		assertShows(this.a, this.first, 1);
		assertThat(nodes()).hasSize(2);
		assertThat(Results.renewed(this.b.renew(this.lock, this.second, held.fencingToken())).state())
			.isEqualTo(LeaseState.HELD);
		this.a.link.accepting();
		assertThat(TestReplica.get(release)).isEqualTo(ReleaseResult.RELEASED);
		assertThat(nodes()).singleElement().asString().contains(this.second.toString());
		assertThat(Results.renewed(this.a.renew(this.lock, this.second, held.fencingToken())).fencingToken())
			.isEqualTo(held.fencingToken());
	}

	@Test
	void aReleaseThatIsRepeatedElsewhereEndsThePlaceAndNotTheSuccessor() throws Exception {
		this.a.held(this.lock, this.first);
		CompletableFuture<AcquireResult> next = waiter(this.a, this.second, 2);
		CompletableFuture<ReleaseResult> release = releaseAndHold(this.first);
		Lease held = Results.held(TestReplica.get(next));
		assertThat(this.b.release(this.lock, this.first)).isEqualTo(ReleaseResult.RELEASED);
		CompletableFuture<AcquireResult> last = waiterElsewhere(this.third, 2);
		this.a.link.passRequests();
		TestReplica.get(release);
		assertThat(Results.renewed(this.b.renew(this.lock, this.second, held.fencingToken())).state())
			.isEqualTo(LeaseState.HELD);
		assertThat(last).isNotDone();
		this.a.release(this.lock, this.second);
		Results.held(TestReplica.get(last));
	}

	@Test
	void aRenewalThatOvertakesTheDeleteDoesNotKeepThePlace() throws Exception {
		Lease before = this.a.held(this.lock, this.first);
		CompletableFuture<AcquireResult> next = waiter(this.a, this.second, 2);
		CompletableFuture<ReleaseResult> release = releaseAndHold(this.first);
		Results.held(TestReplica.get(next));
		Results.renewed(this.b.renew(this.lock, this.first, before.fencingToken()));
		this.a.link.passRequests();
		assertThat(TestReplica.get(release)).isEqualTo(ReleaseResult.RELEASED);
		assertThat(nodesOf(this.first)).isEmpty();
	}

	@Test
	void aSuccessorOutlivesTheReplicaThatDiedWithTheDelete() throws Exception {
		this.a.held(this.lock, this.first);
		CompletableFuture<AcquireResult> next = waiter(this.a, this.second, 2);
		CompletableFuture<ReleaseResult> unused = releaseAndHold(this.first);
		Lease held = Results.held(TestReplica.get(next));
		this.a.link.refuse();
		this.a.close();
		assertThat(nodes()).hasSize(2);
		assertThat(Results.renewed(this.b.renew(this.lock, this.second, held.fencingToken())).state())
			.isEqualTo(LeaseState.HELD);
		CompletableFuture<AcquireResult> last = waiterElsewhere(this.third, 3);
		// Nobody repeats the release: the place expires, and the renewed one does not.
		this.b.time.advance(Duration.ofSeconds(25));
		Results.renewed(this.b.renew(this.lock, this.second, held.fencingToken()));
		this.b.time.advance(Duration.ofSeconds(10));
		awaitNodesOf(this.first, 0);
		assertThat(last).isNotDone();
		assertThat(this.b.release(this.lock, this.second)).isEqualTo(ReleaseResult.RELEASED);
		assertThat(token(Results.held(TestReplica.get(last)))).isGreaterThan(token(held));
	}

	@Test
	void anExpiryIsNotPassedOnBeforeItHasCommitted() throws Exception {
		Results.held(TestReplica.get(this.a.queues
			.acquire(AcquireRequest.exclusive(this.lock, this.first, "alice", Duration.ofSeconds(2), Duration.ZERO))));
		CompletableFuture<AcquireResult> next = waiter(this.a, this.second, 2);
		this.a.link.takeRequests();
		this.a.link.hold(Link.DELETE);
		this.a.time.advance(Duration.ofSeconds(3));
		this.a.awaitRequest(Link.DELETE);
		assertShows(this.a, this.first, 1);
		assertThat(next).isNotDone();
		this.a.link.passRequests();
		Results.held(TestReplica.get(next));
	}

	@Test
	void aPlaceThatIsForcedIsNotPassedOnBeforeThatHasCommitted() throws Exception {
		this.a.held(this.lock, this.first);
		CompletableFuture<AcquireResult> next = waiter(this.a, this.second, 2);
		this.a.link.takeRequests();
		this.a.link.hold(Link.MULTI);
		CompletableFuture<EndResult> forced = this.a.queues.force(this.lock, this.first, "why");
		this.a.awaitRequest(Link.MULTI);
		assertShows(this.a, this.first, 1);
		assertThat(next).isNotDone();
		this.a.link.passRequests();
		assertThat(TestReplica.get(forced)).isEqualTo(EndResult.DONE);
		Results.held(TestReplica.get(next));
	}

	@Test
	void whatARefusalGivesUpIsNotPassedOnBeforeThatHasCommitted() throws Exception {
		this.b.held(this.lock, this.first);
		this.a.awaitPlaces(this.lock, 1);
		this.a.link.takeRequests();
		this.a.link.hold(Link.DELETE);
		CompletableFuture<AcquireResult> impatient = this.a.acquire(this.lock, this.second, Duration.ZERO);
		this.a.awaitRequest(Link.DELETE);
		CompletableFuture<AcquireResult> last = waiterElsewhere(this.third, 3);
		this.b.release(this.lock, this.first);
		assertShows(this.b, this.second, 1);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.a.queues.counts().equals(new LockCounts(1, 1, 1)));
		assertThat(last).isNotDone();
		this.a.link.passRequests();
		assertThat(TestReplica.get(impatient)).isInstanceOf(AcquireResult.Refused.class);
		Results.held(TestReplica.get(last));
	}

	@Test
	void aWriterFollowsTheLastOfTheReaders() throws Exception {
		declare(LockKind.READ_WRITE);
		Results.held(TestReplica.get(this.a.shared(this.lock, this.first, Duration.ZERO)));
		Results.held(TestReplica.get(this.a.shared(this.lock, this.second, Duration.ZERO)));
		CompletableFuture<AcquireResult> writer = waiter(this.a, this.third, 3);
		CompletableFuture<ReleaseResult> unused = releaseAndHold(this.second);
		assertShows(this.a, this.first, 1);
		assertThat(writer).isNotDone();
		CompletableFuture<ReleaseResult> release = this.a.queues.release(this.lock, this.first);
		Results.held(TestReplica.get(writer));
		assertThat(nodes()).hasSize(3);
		this.a.link.passRequests();
		TestReplica.get(release);
	}

	@Test
	void readersBehindAWriterFollowItTogether() throws Exception {
		declare(LockKind.READ_WRITE);
		this.a.held(this.lock, this.first);
		CompletableFuture<AcquireResult> one = this.a.shared(this.lock, this.second, TestReplica.LONG);
		CompletableFuture<AcquireResult> other = this.a.shared(this.lock, this.third, TestReplica.LONG);
		this.a.awaitPlaces(this.lock, 3);
		CompletableFuture<ReleaseResult> unused = releaseAndHold(this.first);
		Results.held(TestReplica.get(one));
		Results.held(TestReplica.get(other));
		assertThat(nodes()).hasSize(3);
		this.a.link.passRequests();
	}

	@Test
	void aPermitThatIsGivenBackGoesToOneWaiter() throws Exception {
		TestReplica.get(this.a.queues.declare(this.lock, LockKind.SEMAPHORE, 2));
		this.a.held(this.lock, this.first);
		this.a.held(this.lock, this.second);
		CompletableFuture<AcquireResult> next = waiter(this.a, this.third, 3);
		CompletableFuture<AcquireResult> last = waiter(this.a, UUID.randomUUID(), 4);
		CompletableFuture<ReleaseResult> release = releaseAndHold(this.first);
		Results.held(TestReplica.get(next));
		assertThat(last).isNotDone();
		assertThat(nodes()).hasSize(4);
		this.a.link.passRequests();
		assertThat(TestReplica.get(release)).isEqualTo(ReleaseResult.RELEASED);
		assertThat(last).isNotDone();
	}

	@Test
	void aWaiterThatLeavesIsNotInTheWayOfTheNext() throws Exception {
		this.b.held(this.lock, this.first);
		this.a.awaitPlaces(this.lock, 1);
		this.a.waiting(this.lock, this.second);
		CompletableFuture<AcquireResult> next = waiter(this.a, this.third, 3);
		CompletableFuture<ReleaseResult> unused = releaseAndHold(this.second);
		assertThat(next).isNotDone();
		this.b.release(this.lock, this.first);
		Results.held(TestReplica.get(next));
		assertThat(nodes()).hasSize(2);
		this.a.link.passRequests();
	}

	@Test
	void aWaiterThatMustBeWrittenToFirstIsNotGrantedBeforeThat() throws Exception {
		this.a.held(this.lock, this.first);
		CompletableFuture<AcquireResult> next = waiter(this.a, this.second, 2);
		this.a.link.takeRequests();
		this.a.link.hold(Link.WRITE);
		// Its renewal is due: this replica may have been suspended.
		this.a.time.advance(Duration.ofSeconds(11));
		this.a.awaitRequest(Link.WRITE);
		CompletableFuture<ReleaseResult> release = this.a.queues.release(this.lock, this.first);
		assertShows(this.a, this.second, 0);
		assertThat(next).isNotDone();
		this.a.link.passRequests();
		TestReplica.get(release);
		Results.held(TestReplica.get(next));
	}

	@Test
	void switchedOffTheNextWaitsForTheCommit() throws Exception {
		try (TestReplica off = TestReplica.start(this.ensemble, TestReplica.patient().withHandToHand(false))) {
			off.held(this.lock, this.first);
			CompletableFuture<AcquireResult> next = waiter(off, this.second, 2);
			off.link.takeRequests();
			off.link.hold(Link.DELETE);
			CompletableFuture<ReleaseResult> release = off.queues.release(this.lock, this.first);
			off.awaitRequest(Link.DELETE);
			assertShows(off, this.first, 1);
			assertThat(next).isNotDone();
			off.link.passRequests();
			TestReplica.get(release);
			Results.held(TestReplica.get(next));
		}
	}

	private CompletableFuture<AcquireResult> waiter(TestReplica replica, UUID lease, int places) {
		CompletableFuture<AcquireResult> call = replica.acquire(this.lock, lease, TestReplica.LONG);
		this.a.awaitPlaces(this.lock, places);
		this.b.awaitPlaces(this.lock, places);
		return call;
	}

	/** For when the first replica cannot read. */
	private CompletableFuture<AcquireResult> waiterElsewhere(UUID lease, int places) {
		CompletableFuture<AcquireResult> call = this.b.acquire(this.lock, lease, TestReplica.LONG);
		this.b.awaitPlaces(this.lock, places);
		return call;
	}

	/** The member does not hear of it before the requests of the replica pass. */
	private CompletableFuture<ReleaseResult> releaseAndHold(UUID lease) {
		this.a.link.takeRequests();
		this.a.link.hold(Link.DELETE);
		CompletableFuture<ReleaseResult> release = this.a.queues.release(this.lock, lease);
		this.a.awaitRequest(Link.DELETE);
		return release;
	}

	private void declare(LockKind kind) throws Exception {
		assertThat(TestReplica.get(this.a.queues.declare(this.lock, kind)))
			.isEqualTo(new DeclareResult.Declared(kind, 1));
	}

	/** What the replica shows is what it grants by. */
	private void assertShows(TestReplica replica, UUID holder, int waiters) throws Exception {
		LockView view = TestReplica.get(replica.queues.view(this.lock));
		assertThat(view.holders()).singleElement().extracting(Place::lease).isEqualTo(holder.toString());
		assertThat(view.waiters()).hasSize(waiters);
	}

}
