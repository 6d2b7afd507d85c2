package io.roster.locks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.roster.locks.contract.Results;
import org.apache.zookeeper.data.Stat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What comes while writes are on their way travels in common transactions, and each has
 * its answer whatever becomes of those. Two creates, of locks of their own, are held
 * back, so that what comes then is collected.
 */
class TransactionsTest extends ReplicasTest {

	private static final int LOCKS = 10;

	private final List<CompletableFuture<AcquireResult>> first = new ArrayList<>();

	private final UUID lease = UUID.randomUUID();

	@BeforeEach
	void knowTheLocks() throws Exception {
		this.first.clear();
		List<String> locks = new ArrayList<>(List.of(this.lock, "first", "second"));
		for (int i = 0; i < LOCKS; i++) {
			locks.add(lock(i));
		}
		for (String each : locks) {
			UUID before = UUID.randomUUID();
			this.a.held(each, before);
			this.a.release(each, before);
		}
	}

	@Test
	void whatIsCollectedGoesAsOneTransaction() throws Exception {
		UUID given = UUID.randomUUID();
		Lease kept = this.a.held(this.lock, this.lease);
		this.a.held("given", given);
		occupy();
		List<CompletableFuture<AcquireResult>> acquired = acquireAll();
		CompletableFuture<RenewResult> renewed = this.a.queues.renew(this.lock, this.lease, kept.fencingToken());
		CompletableFuture<ReleaseResult> released = this.a.queues.release("given", given);
		pass();
		assertHeldByTheirPlaces(acquired);
		assertThat(Results.renewed(TestReplica.get(renewed)).fencingToken()).isEqualTo(kept.fencingToken());
		assertThat(TestReplica.get(released)).isEqualTo(ReleaseResult.RELEASED);
		assertThat(this.a.link.takeRequests()).containsExactly(Link.CREATE, Link.CREATE, Link.MULTI);
	}

	@Test
	void whatWasMadeInATransactionIsRenewedAndReleasedWithoutARead() throws Exception {
		occupy();
		List<CompletableFuture<AcquireResult>> acquired = acquireAll();
		pass();
		awaitHeld(acquired);
		Lease held = Results.held(TestReplica.get(acquired.get(0)));
		this.a.link.takeRequests();
		UUID id = UUID.fromString(held.lease());
		Results.renewed(this.a.renew(lock(0), id, held.fencingToken()));
		this.a.release(lock(0), id);
		assertThat(this.a.link.takeRequests()).containsExactly(Link.WRITE, Link.DELETE);
	}

	@Test
	void placesOfOneLockNeverShareAToken() throws Exception {
		occupy();
		List<UUID> leases = new ArrayList<>();
		List<CompletableFuture<AcquireResult>> queue = new ArrayList<>();
		for (int i = 0; i < LOCKS; i++) {
			leases.add(UUID.randomUUID());
			queue.add(this.a.acquire(this.lock, leases.get(i), TestReplica.LONG));
		}
		List<CompletableFuture<AcquireResult>> others = acquireAll();
		pass();
		long last = 0;
		for (int i = 0; i < LOCKS; i++) {
			Lease held = Results.held(TestReplica.get(queue.get(i)));
			assertThat(token(held)).isGreaterThan(last);
			last = token(held);
			this.a.release(this.lock, leases.get(i));
		}
		assertHeldByTheirPlaces(others);
		assertThat(this.a.link.takeRequests()).contains(Link.MULTI);
	}

	@Test
	void aTransactionThatIsRefusedIsTakenApart() throws Exception {
		Lease kept = this.a.held(this.lock, this.lease);
		this.b.awaitPlaces(this.lock, 1);
		occupy();
		// The version that it is sent with is an old one when it arrives.
		CompletableFuture<RenewResult> renewed = this.a.queues.renew(this.lock, this.lease, kept.fencingToken());
		List<CompletableFuture<AcquireResult>> acquired = acquireAll();
		Results.renewed(this.b.renew(this.lock, this.lease, kept.fencingToken()));
		pass();
		assertHeldByTheirPlaces(acquired);
		assertThat(Results.renewed(TestReplica.get(renewed)).fencingToken()).isEqualTo(kept.fencingToken());
		assertThat(this.a.link.takeRequests()).startsWith(Link.CREATE, Link.CREATE, Link.MULTI)
			.filteredOn((type) -> type == Link.CREATE)
			.hasSize(2 + LOCKS);
	}

	@Test
	void aReleaseOfWhatIsGoneDoesNotTakeTheOthersWithIt() throws Exception {
		this.a.held(this.lock, this.lease);
		this.b.awaitPlaces(this.lock, 1);
		occupy();
		CompletableFuture<ReleaseResult> released = this.a.queues.release(this.lock, this.lease);
		List<CompletableFuture<AcquireResult>> acquired = acquireAll();
		assertThat(this.b.release(this.lock, this.lease)).isEqualTo(ReleaseResult.RELEASED);
		pass();
		assertHeldByTheirPlaces(acquired);
		assertThat(TestReplica.get(released)).isEqualTo(ReleaseResult.GONE);
	}

	@Test
	void aLockThatGoesAwayMeanwhileIsMadeAgain() throws Exception {
		occupy();
		List<CompletableFuture<AcquireResult>> acquired = acquireAll();
		this.raw.delete().forPath("/locks/" + lock(0));
		pass();
		assertHeldByTheirPlaces(acquired);
	}

	@Test
	void aLockThatIsNotKnownDoesNotTakeTheOthersWithIt() throws Exception {
		occupy();
		CompletableFuture<AcquireResult> unknown = this.a.acquire("unknown", this.lease, TestReplica.LONG);
		List<CompletableFuture<AcquireResult>> acquired = acquireAll();
		pass();
		Results.held(TestReplica.get(unknown));
		assertHeldByTheirPlaces(acquired);
		assertThat(this.a.link.takeRequests()).filteredOn((type) -> type == Link.MULTI).hasSize(1);
	}

	@Test
	void writesThatAreLostWithTheConnectionAreMadeOnceAfterTheResync() throws Exception {
		occupy();
		List<CompletableFuture<AcquireResult>> acquired = acquireAll();
		this.a.link.cut();
		awaitHeld(this.first);
		assertHeldByTheirPlaces(acquired);
	}

	@Test
	void aTransactionWhoseAnswerIsLostIsFoundAgain() throws Exception {
		occupy();
		List<CompletableFuture<AcquireResult>> acquired = acquireAll();
		// The first two are to be answered, and the answer to the third to be lost.
		this.a.link.hold(Link.MULTI);
		awaitHeld(this.first);
		this.a.awaitRequest(Link.MULTI);
		this.a.link.holdAnswers();
		this.a.link.passRequests();
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.raw.getChildren().forPath("/locks/" + lock(0)).size() == 1);
		long made = stat(lock(0)).getCzxid();
		this.a.link.cut();
		assertHeldByTheirPlaces(acquired);
		assertThat(stat(lock(0)).getCzxid()).isEqualTo(made);
	}

	@Test
	void switchedOffEachWriteGoesAlone() throws Exception {
		try (TestReplica off = TestReplica.start(this.ensemble, TestReplica.patient().withWritesTogether(false))) {
			off.link.hold(Link.CREATE);
			List<CompletableFuture<AcquireResult>> acquired = new ArrayList<>();
			for (int i = 0; i < LOCKS; i++) {
				acquired.add(off.acquire(lock(i), UUID.randomUUID(), TestReplica.LONG));
			}
			off.awaitRequest(Link.CREATE);
			off.link.passRequests();
			assertHeldByTheirPlaces(acquired);
			assertThat(off.link.takeRequests()).doesNotContain(Link.MULTI)
				.filteredOn((type) -> type == Link.CREATE)
				.hasSize(LOCKS);
		}
	}

	/** From now on what comes is collected. */
	private void occupy() {
		this.a.link.takeRequests();
		this.a.link.hold(Link.CREATE);
		this.first.add(this.a.acquire("first", UUID.randomUUID(), TestReplica.LONG));
		this.first.add(this.a.acquire("second", UUID.randomUUID(), TestReplica.LONG));
		this.a.awaitRequest(Link.CREATE);
	}

	private void pass() throws Exception {
		this.a.link.passRequests();
		awaitHeld(this.first);
	}

	private List<CompletableFuture<AcquireResult>> acquireAll() {
		List<CompletableFuture<AcquireResult>> acquired = new ArrayList<>();
		for (int i = 0; i < LOCKS; i++) {
			acquired.add(this.a.acquire(lock(i), UUID.randomUUID(), TestReplica.LONG));
		}
		return acquired;
	}

	private static void awaitHeld(List<CompletableFuture<AcquireResult>> acquired) throws Exception {
		for (CompletableFuture<AcquireResult> each : acquired) {
			Results.held(TestReplica.get(each));
		}
	}

	private void assertHeldByTheirPlaces(List<CompletableFuture<AcquireResult>> acquired) throws Exception {
		for (int i = 0; i < LOCKS; i++) {
			Lease held = Results.held(TestReplica.get(acquired.get(i)));
			assertThat(token(held)).isEqualTo(stat(lock(i)).getCzxid());
		}
	}

	/** Of the only place of a lock. */
	private Stat stat(String name) throws Exception {
		List<String> places = this.raw.getChildren().forPath("/locks/" + name);
		assertThat(places).hasSize(1);
		return this.raw.checkExists().forPath("/locks/" + name + "/" + places.get(0));
	}

	private static String lock(int number) {
		return "lock-" + number;
	}

}
