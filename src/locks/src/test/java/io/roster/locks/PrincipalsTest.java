package io.roster.locks;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.roster.locks.contract.Results;
import org.apache.zookeeper.CreateMode;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Whose a lease is, between replicas that lag, and what it costs to know. */
class PrincipalsTest extends ReplicasTest {

	private static final String OWNER = "billing";

	private static final String STRANGER = "mallory";

	private final UUID lease = UUID.randomUUID();

	@Test
	void theReplicaThatMadeALeaseKnowsWhoseItIsWithoutARead() throws Exception {
		warmUp();
		Lease held = Results.held(TestReplica.get(acquire(this.a, OWNER)));
		assertThat(TestReplica.get(acquire(this.a, STRANGER))).isEqualTo(new AcquireResult.NotYours());
		assertThat(TestReplica.get(this.a.queues.renew(claim(STRANGER), held.fencingToken())))
			.isEqualTo(new RenewResult.NotYours());
		assertThat(release(this.a, STRANGER)).isEqualTo(ReleaseResult.NOT_YOURS);
		assertThat(release(this.a, OWNER)).isEqualTo(ReleaseResult.RELEASED);
		assertThat(this.a.link.takeRequests()).containsExactly(Link.CREATE, Link.DELETE);
	}

	@Test
	void anotherReplicaReadsItOnceAsItAlwaysDid() throws Exception {
		warmUp();
		Lease held = Results.held(TestReplica.get(acquire(this.b, OWNER)));
		Awaitility.await().atMost(TestReplica.LONG).until(() -> this.a.queues.counts().held() == 1);
		assertThat(release(this.a, STRANGER)).isEqualTo(ReleaseResult.NOT_YOURS);
		assertThat(release(this.a, STRANGER)).isEqualTo(ReleaseResult.NOT_YOURS);
		// Once, by the call or by what watches over its expiry.
		assertThat(this.a.link.takeRequests()).containsOnly(Link.READ).hasSizeLessThanOrEqualTo(2);
		Results.renewed(TestReplica.get(this.b.queues.renew(claim(OWNER), held.fencingToken())));
		assertThat(release(this.a, STRANGER)).isEqualTo(ReleaseResult.NOT_YOURS);
		assertThat(release(this.a, OWNER)).isEqualTo(ReleaseResult.RELEASED);
	}

	@Test
	void aLeaseThatTwoPrincipalsCreateAtOnceBelongsToTheOlder() throws Exception {
		this.b.link.holdAnswers();
		Lease first = Results.held(TestReplica.get(acquire(this.a, OWNER)));
		CompletableFuture<AcquireResult> second = acquire(this.b, STRANGER);
		awaitNodesOf(this.lease, 2);
		this.b.link.passAnswers();
		assertThat(TestReplica.get(second)).isEqualTo(new AcquireResult.NotYours());
		awaitNodesOf(this.lease, 1);
		Lease renewed = Results.renewed(TestReplica.get(this.b.queues.renew(claim(OWNER), first.fencingToken())));
		assertThat(renewed.fencingToken()).isEqualTo(first.fencingToken());
	}

	@Test
	void aReleaseLeavesTheYoungerPlaceOfAnotherPrincipal() throws Exception {
		this.b.link.holdAnswers();
		Lease first = Results.held(TestReplica.get(acquire(this.a, OWNER)));
		CompletableFuture<AcquireResult> second = acquire(this.b, STRANGER);
		awaitNodesOf(this.lease, 2);
		this.a.awaitPlaces(this.lock, 2);
		Results.renewed(TestReplica.get(this.a.queues.renew(claim(OWNER), first.fencingToken())));
		assertThat(release(this.a, OWNER)).isEqualTo(ReleaseResult.RELEASED);
		assertThat(nodesOf(this.lease)).hasSize(1);
		assertThat(release(this.a, OWNER)).isEqualTo(ReleaseResult.NOT_YOURS);
		this.b.link.passAnswers();
		// It came second, to a lease that was given back since.
		assertThat(TestReplica.get(second)).isEqualTo(new AcquireResult.Gone());
		awaitNodesOf(this.lease, 0);
	}

	@Test
	void aPrincipalMustFitIntoTheDataOfALease() {
		assertThatExceptionOfType(InvalidLockRequestException.class)
			.isThrownBy(() -> this.a.queues.renew(claim("x".repeat(5000)), null))
			.satisfies((ex) -> assertThat(ex.field()).isEqualTo("principal"));
	}

	@Test
	void aReplicaThatDoesNotKnowWhoseAPlaceWasMakesItAnewWhenItIsGone() throws Exception {
		Lease first = Results.held(TestReplica.get(acquire(this.a, OWNER)));
		// A look at the queue would read it.
		Awaitility.await().atMost(TestReplica.LONG).until(() -> this.b.queues.counts().held() == 1);
		this.b.link.holdAnswers();
		assertThat(release(this.a, OWNER)).isEqualTo(ReleaseResult.RELEASED);
		CompletableFuture<AcquireResult> next = acquire(this.b, STRANGER);
		this.b.link.passAnswers();
		assertThat(token(Results.held(TestReplica.get(next)))).isGreaterThan(token(first));
	}

	@Test
	void aLeaseOfBeforeIsAnyonesAndStaysSo() throws Exception {
		foreign("_c_" + this.lease + "-lock-", CreateMode.PERSISTENT_SEQUENTIAL,
				"{\"owner\":\"alice\",\"mode\":\"EXCLUSIVE\",\"ttlMs\":30000,\"metadata\":{}}");
		this.a.awaitPlaces(this.lock, 1);
		for (String principal : List.of(OWNER, STRANGER)) {
			Results.held(TestReplica.get(acquire(this.a, principal)));
			Results.renewed(TestReplica.get(this.b.queues.renew(claim(principal), null)));
			Results.found(TestReplica.get(this.b.queues.find(claim(principal))));
		}
		Results.renewed(this.b.renew(this.lock, this.lease, null));
		assertThat(release(this.b, STRANGER)).isEqualTo(ReleaseResult.RELEASED);
	}

	@Test
	void whoAsksInNobodysNameHasNoWayToTheLeaseOfAPrincipal() throws Exception {
		Lease held = Results.held(TestReplica.get(acquire(this.a, OWNER)));
		for (TestReplica replica : List.of(this.a, this.b)) {
			replica.awaitPlaces(this.lock, 1);
			assertThat(replica.renew(this.lock, this.lease, held.fencingToken())).isEqualTo(new RenewResult.NotYours());
			assertThat(replica.release(this.lock, this.lease)).isEqualTo(ReleaseResult.NOT_YOURS);
		}
	}

	/** What the lock was declared as is read once. */
	private void warmUp() throws Exception {
		UUID first = UUID.randomUUID();
		this.a.held(this.lock, first);
		this.a.release(this.lock, first);
		this.a.link.takeRequests();
	}

	private Claim claim(@Nullable String principal) {
		return new Claim(this.lock, this.lease, principal);
	}

	private CompletableFuture<AcquireResult> acquire(TestReplica replica, @Nullable String principal) {
		return replica.queues.acquire(
				AcquireRequest.exclusive(this.lock, this.lease, "alice", TestReplica.TTL, Duration.ZERO).by(principal));
	}

	private ReleaseResult release(TestReplica replica, @Nullable String principal) throws Exception {
		return TestReplica.get(replica.queues.release(claim(principal)));
	}

}
