package io.roster.locks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.roster.locks.contract.Results;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What other libraries for locks have got wrong. */
class KnownFaultsTest extends ReplicasTest {

	private final UUID first = UUID.randomUUID();

	private final UUID second = UUID.randomUUID();

	/** As in CURATOR-1121, where a node of the old session was taken for the own one. */
	@Test
	void aHolderAndAWaiterOutliveTheSessionOfTheirReplica() throws Exception {
		Lease held = this.a.held(this.lock, this.first);
		CompletableFuture<AcquireResult> next = this.a.acquire(this.lock, this.second, TestReplica.LONG);
		this.b.awaitPlaces(this.lock, 2);
		List<String> before = nodes();
		this.ensemble.closeSession(this.a.coordination.sessionId().orElseThrow());
		this.a.awaitUnavailable();
		this.a.awaitAvailable();
		assertThat(nodes()).hasSameElementsAs(before);
		assertThat(Results.renewed(this.a.renew(this.lock, this.first, held.fencingToken())).fencingToken())
			.isEqualTo(held.fencingToken());
		assertThat(next).isNotDone();
		this.a.release(this.lock, this.first);
		assertThat(token(Results.held(TestReplica.get(next)))).isGreaterThan(token(held));
	}

	/** As in CURATOR-1193, where the state was wrong after a release that failed. */
	@Test
	void aReleaseThatFailedIsRepeatedAtAnyReplica() throws Exception {
		this.a.held(this.lock, this.first);
		CompletableFuture<AcquireResult> next = this.b.acquire(this.lock, this.second, TestReplica.LONG);
		this.a.awaitPlaces(this.lock, 2);
		this.a.link.refuse();
		this.a.awaitUnavailable();
		assertThatThrownBy(() -> this.a.release(this.lock, this.first)).cause()
			.isInstanceOf(LocksUnavailableException.class);
		assertThat(next).isNotDone();
		assertThat(this.b.release(this.lock, this.first)).isEqualTo(ReleaseResult.RELEASED);
		Results.held(TestReplica.get(next));
		this.a.link.accepting();
		this.a.awaitAvailable();
		assertThat(this.a.release(this.lock, this.first)).isEqualTo(ReleaseResult.GONE);
		assertThat(this.a.places(this.lock)).isOne();
	}

	/** As in etcd 22082, where a stale unlock deleted a newer lock. */
	@Test
	void aLateReleaseDoesNotTouchTheNextHolder() throws Exception {
		this.a.held(this.lock, this.first);
		this.b.awaitPlaces(this.lock, 1);
		this.b.link.holdAnswers();
		this.a.release(this.lock, this.first);
		// The replica that lags still shows the old holder, and its path may be used
		// anew.
		CompletableFuture<ReleaseResult> late = this.b.queues.release(this.lock, this.first);
		this.raw.delete().forPath("/locks/" + this.lock);
		Lease next = this.a.held(this.lock, this.second);
		this.b.link.passAnswers();
		TestReplica.get(late);
		assertThat(Results.renewed(this.a.renew(this.lock, this.second, next.fencingToken())).state())
			.isEqualTo(LeaseState.HELD);
	}

	/** As in Spring Integration 11113, where a cache dropped locks that were held. */
	@Test
	void manyLocksAreHeldAtOnce() throws Exception {
		List<UUID> leases = new ArrayList<>();
		List<CompletableFuture<AcquireResult>> acquired = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			UUID lease = UUID.randomUUID();
			leases.add(lease);
			acquired.add(this.a.acquire("lock-" + i, lease, Duration.ZERO));
		}
		for (CompletableFuture<AcquireResult> each : acquired) {
			Results.held(TestReplica.get(each));
		}
		List<CompletableFuture<RenewResult>> renewed = new ArrayList<>();
		for (int i = 0; i < leases.size(); i++) {
			renewed.add(this.b.queues.renew("lock-" + i, leases.get(i), null));
		}
		for (CompletableFuture<RenewResult> each : renewed) {
			assertThat(Results.renewed(TestReplica.get(each)).state()).isEqualTo(LeaseState.HELD);
		}
	}

	@Test
	void aLockThatIsDeletedByHandIsGoneForItsHolderAndItsWaiters() throws Exception {
		Lease held = this.a.held(this.lock, this.first);
		CompletableFuture<AcquireResult> next = this.b.acquire(this.lock, this.second, TestReplica.LONG);
		this.a.awaitPlaces(this.lock, 2);
		// From the end of the queue, so that nobody is granted in between.
		for (String node : nodes().stream().sorted((one, two) -> -last10(one).compareTo(last10(two))).toList()) {
			this.raw.delete().forPath("/locks/" + this.lock + "/" + node);
		}
		this.raw.delete().forPath("/locks/" + this.lock);
		assertThat(TestReplica.get(next)).isEqualTo(new AcquireResult.Gone());
		assertThat(this.a.renew(this.lock, this.first, held.fencingToken())).isEqualTo(new RenewResult.Gone());
		assertThat(token(this.b.held(this.lock, UUID.randomUUID()))).isGreaterThan(token(held));
	}

	@Test
	void aPutThatJoinsItsWaitingNodeKeepsItAtOnce() throws Exception {
		this.a.held(this.lock, this.first);
		this.a.waiting(this.lock, this.second);
		String node = nodesOf(this.second).get(0);
		int before = this.raw.checkExists().forPath("/locks/" + this.lock + "/" + node).getVersion();
		CompletableFuture<AcquireResult> joined = this.b.acquire(this.lock, this.second, TestReplica.LONG);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(
					() -> assertThat(this.raw.checkExists().forPath("/locks/" + this.lock + "/" + node).getVersion())
						.isGreaterThan(before));
		assertThat(nodesOf(this.second)).containsExactly(node);
		this.a.release(this.lock, this.first);
		Results.held(TestReplica.get(joined));
	}

	private static String last10(String name) {
		return name.substring(name.length() - 10);
	}

}
