package io.roster.locks;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.roster.locks.contract.Results;
import org.apache.zookeeper.CreateMode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is told and recorded of grants, expiries and operators. */
class AuditTest extends ReplicasTest {

	private final UUID lease = UUID.randomUUID();

	private final List<LockEvent> events = new CopyOnWriteArrayList<>();

	@AfterEach
	void deleteRecords() throws Exception {
		this.raw.delete().quietly().deletingChildrenIfNeeded().forPath("/roster");
	}

	@Test
	void whatOperatorsDoIsReadAtEveryReplicaAndAfterARestart() throws Exception {
		this.a.held(this.lock, this.lease);
		this.a.held("other", UUID.randomUUID());
		TestReplica.get(this.a.queues.revoke(this.lock, this.lease, "first"));
		TestReplica.get(this.b.queues.force(this.lock, this.lease, "second"));
		this.a.close();
		try (TestReplica restarted = TestReplica.start(this.ensemble)) {
			for (TestReplica replica : List.of(this.b, restarted)) {
				AuditPage page = TestReplica.get(replica.queues.audit(this.lock, -1, 10));
				assertThat(page.more()).isFalse();
				assertThat(page.records()).extracting(AuditRecord::change)
					.containsExactly(AuditRecord.Change.REVOKED, AuditRecord.Change.FORCED);
				assertThat(page.records()).extracting(AuditRecord::reason).containsExactly("first", "second");
				assertThat(page.records()).extracting(AuditRecord::lease).containsOnly(this.lease.toString());
				assertThat(page.records()).extracting(AuditRecord::owner).containsOnly("alice");
			}
		}
	}

	@Test
	void grantsAndExpiriesAreReadAtTheirReplicaPageByPage() throws Exception {
		this.a.held(this.lock, this.lease);
		CompletableFuture<AcquireResult> next = this.a.acquire(this.lock, UUID.randomUUID(), TestReplica.LONG);
		this.a.awaitPlaces(this.lock, 2);
		TestReplica.get(this.a.queues.force(this.lock, this.lease, "now"));
		Results.held(TestReplica.get(next));
		this.a.time.advance(Duration.ofSeconds(31));
		this.a.awaitPlaces(this.lock, 0);
		AuditPage first = TestReplica.get(this.a.queues.audit(null, -1, 1));
		assertThat(first.more()).isTrue();
		assertThat(first.records()).extracting(AuditRecord::change).startsWith(AuditRecord.Change.GRANTED);
		long after = Long.parseLong(first.records().get(first.records().size() - 1).revision());
		AuditPage rest = TestReplica.get(this.a.queues.audit(null, after, 10));
		assertThat(rest.records()).extracting(AuditRecord::change)
			.containsExactly(AuditRecord.Change.FORCED, AuditRecord.Change.GRANTED, AuditRecord.Change.EXPIRED);
	}

	@Test
	void aPlaceOfAnotherClientCanBeForcedByItsName() throws Exception {
		String path = foreign("_c_" + UUID.randomUUID() + "-lock-", CreateMode.EPHEMERAL_SEQUENTIAL, "10.0.0.1");
		String node = path.substring(path.lastIndexOf('/') + 1);
		CompletableFuture<AcquireResult> next = this.a.acquire(this.lock, this.lease, TestReplica.LONG);
		this.a.awaitPlaces(this.lock, 2);
		assertThat(TestReplica.get(this.b.queues.forcePlace(this.lock, node, "hangs"))).isEqualTo(EndResult.DONE);
		Results.held(TestReplica.get(next));
		assertThat(TestReplica.get(this.b.queues.forcePlace(this.lock, node, "hangs"))).isEqualTo(EndResult.GONE);
		assertThat(TestReplica.get(this.b.queues.forcePlace(this.lock, "nothing", "hangs"))).isEqualTo(EndResult.GONE);
		assertThat(TestReplica.get(this.b.queues.audit(this.lock, -1, 10)).records()).singleElement()
			.satisfies((record) -> {
				assertThat(record.node()).isEqualTo(node);
				assertThat(record.lease()).isNull();
			});
	}

	@Test
	void aReleaseDoesNotTouchANodeOfASessionThatIsNamedLikeALease() throws Exception {
		foreign("_c_" + this.lease + "-lock-", CreateMode.EPHEMERAL_SEQUENTIAL, "10.0.0.1");
		assertThat(this.a.release(this.lock, this.lease)).isEqualTo(ReleaseResult.GONE);
		assertThat(nodes()).hasSize(1);
	}

	@Test
	void listenersAreToldEachStepOnceAndOneThatFailsDoesNotMatter() throws Exception {
		this.a.queues.listen((event) -> {
			throw new IllegalStateException("a failure that this test makes");
		});
		this.a.queues.listen(this.events::add);
		this.a.held(this.lock, this.lease);
		this.a.held(this.lock, this.lease);
		UUID second = UUID.randomUUID();
		CompletableFuture<AcquireResult> next = this.a.acquire(this.lock, second, TestReplica.LONG);
		this.b.awaitPlaces(this.lock, 2);
		assertThat(this.b.queues.counts()).isEqualTo(new LockCounts(1, 1, 1));
		this.a.release(this.lock, this.lease);
		Results.held(TestReplica.get(next));
		this.a.renew(this.lock, this.lease, null);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(
					() -> assertThat(this.events).filteredOn(LockEvent.RenewalRefused.class::isInstance).hasSize(1));
		assertThat(this.events).filteredOn(LockEvent.Granted.class::isInstance)
			.extracting((event) -> ((LockEvent.Granted) event).queued())
			.containsExactly(false, true);
		assertThat(this.events).filteredOn(LockEvent.Ended.class::isInstance).singleElement().satisfies((event) -> {
			LockEvent.Ended ended = (LockEvent.Ended) event;
			assertThat(ended.cause()).isEqualTo(LockEvent.Cause.RELEASED);
			assertThat(ended.held()).isNotNull();
		});
		assertThat(this.events).filteredOn(LockEvent.Answered.class::isInstance)
			.extracting((event) -> ((LockEvent.Answered) event).outcome())
			.containsOnly(LockEvent.Outcome.HELD);
	}

	@Test
	void limitsAreCheckedBeforeAnythingIsWritten() throws Exception {
		LockOptions options = LockOptions.defaults().withLimits(LockLimits.defaults().withCounts(2, 2));
		try (TestReplica limited = TestReplica.start(this.ensemble, options)) {
			limited.held(this.lock, this.lease);
			limited.waiting(this.lock, UUID.randomUUID());
			limited.waiting(this.lock, UUID.randomUUID());
			assertThat(TestReplica.get(limited.acquire(this.lock, UUID.randomUUID(), TestReplica.LONG)))
				.isEqualTo(new AcquireResult.QueueFull(2));
			limited.held("second", UUID.randomUUID());
			limited.link.takeRequests();
			assertThat(TestReplica.get(limited.acquire("third", UUID.randomUUID(), TestReplica.LONG)))
				.isEqualTo(new AcquireResult.TooManyLocks(2));
			assertThat(limited.link.takeRequests()).isEmpty();
			limited.held(this.lock, this.lease);
		}
	}

}
