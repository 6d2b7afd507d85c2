package io.roster.locks.contract;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.roster.locks.AcquireRequest;
import io.roster.locks.AcquireResult;
import io.roster.locks.Claim;
import io.roster.locks.EndResult;
import io.roster.locks.FindResult;
import io.roster.locks.Lease;
import io.roster.locks.LeaseState;
import io.roster.locks.Mode;
import io.roster.locks.ReleaseResult;
import io.roster.locks.RenewResult;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A lease belongs to the principal that made it.
 */
public abstract class PrincipalContract extends LockContract {

	/** Whose the lease is. */
	public static final String OWNER = "billing";

	/** Somebody else, who has learnt the id of the lease. */
	public static final String STRANGER = "mallory";

	private final UUID id = UUID.randomUUID();

	@Test
	void itsPrincipalMayDoAllWithALease() throws Exception {
		Lease lease = held(locks().acquire(mine(Duration.ZERO)));
		assertThat(held(locks().acquire(mine(Duration.ZERO))).fencingToken()).isEqualTo(lease.fencingToken());
		assertThat(renewed(locks().renew(by(OWNER), lease.fencingToken())).state()).isEqualTo(LeaseState.HELD);
		assertThat(Results.found(get(locks().find(by(OWNER)))).fencingToken()).isEqualTo(lease.fencingToken());
		awaitView((view) -> assertThat(view.holders()).singleElement()
			.satisfies((place) -> assertThat(place.principal()).isEqualTo(OWNER)));
		assertThat(get(locks().release(by(OWNER)))).isEqualTo(ReleaseResult.RELEASED);
	}

	@Test
	void nobodyElseMayDoAnythingWithALeaseThatHolds() throws Exception {
		Lease lease = held(locks().acquire(mine(Duration.ZERO)));
		assertRefused(STRANGER, lease.fencingToken());
		assertThat(renewed(locks().renew(by(OWNER), lease.fencingToken())).state()).isEqualTo(LeaseState.HELD);
		awaitQueue(1);
	}

	@Test
	void nobodyElseMayDoAnythingWithAPlaceThatWaits() throws Exception {
		UUID holder = UUID.randomUUID();
		held(locks().acquire(exclusive(holder, Duration.ZERO).by(OWNER)));
		CompletableFuture<AcquireResult> waiter = locks().acquire(mine(BOUND));
		awaitQueue(2);
		assertRefused(STRANGER, null);
		assertThat(get(locks().acquire(theirs(BOUND)))).isEqualTo(new AcquireResult.NotYours());
		assertThat(waiter).isNotDone();
		assertThat(get(locks().release(new Claim(this.lock, holder, OWNER)))).isEqualTo(ReleaseResult.RELEASED);
		assertThat(held(waiter).lease()).isEqualTo(this.id.toString());
	}

	@Test
	void whoWaitsInAPlaceKeepsItWhenAStrangerAsksForItToo() throws Exception {
		held(locks().acquire(exclusive(UUID.randomUUID(), Duration.ZERO).by(OWNER)));
		CompletableFuture<AcquireResult> mine = locks().acquire(mine(Duration.ofSeconds(2)));
		awaitQueue(2);
		assertThat(get(locks().acquire(theirs(Duration.ZERO)))).isEqualTo(new AcquireResult.NotYours());
		assertThat(Results.waiting(get(mine)).position()).isOne();
		awaitQueue(2);
	}

	@Test
	void twoPrincipalsAtOnceGetOnePlace() throws Exception {
		CompletableFuture<AcquireResult> one = locks().acquire(mine(Duration.ZERO));
		CompletableFuture<AcquireResult> two = locks().acquire(theirs(Duration.ZERO));
		boolean mine = get(one) instanceof AcquireResult.Held;
		Results.held(get(mine ? one : two));
		assertThat(get(mine ? two : one)).isEqualTo(new AcquireResult.NotYours());
		awaitQueue(1);
		assertThat(get(locks().release(by(mine ? OWNER : STRANGER)))).isEqualTo(ReleaseResult.RELEASED);
	}

	@Test
	void theModeOfAStrangersLeaseIsNotTold() throws Exception {
		held(locks().acquire(mine(Duration.ZERO)));
		AcquireRequest shared = new AcquireRequest(this.lock, this.id, "alice", Mode.SHARED, TTL, Duration.ZERO,
				exclusive(this.id, Duration.ZERO).metadata(), STRANGER);
		assertThat(get(locks().acquire(shared))).isEqualTo(new AcquireResult.NotYours());
	}

	@Test
	void aLeaseThatIsGoneIsNobodysAndMayBeMadeAnew() throws Exception {
		held(locks().acquire(mine(Duration.ZERO)));
		get(locks().release(by(OWNER)));
		// A replica that lags may still know it as somebody's.
		Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(BOUND).untilAsserted(() -> {
			assertThat(get(locks().release(by(STRANGER)))).isEqualTo(ReleaseResult.GONE);
			assertThat(get(locks().renew(by(STRANGER), null))).isEqualTo(new RenewResult.Gone());
			assertThat(get(locks().find(by(STRANGER)))).isEqualTo(new FindResult.Gone());
		});
		held(locks().acquire(mine(Duration.ZERO)));
	}

	@Test
	void anOperatorNeedNotBeItsPrincipal() throws Exception {
		held(locks().acquire(mine(Duration.ZERO)));
		assertThat(get(locks().revoke(this.lock, this.id, "the host burns"))).isEqualTo(EndResult.DONE);
		assertThat(get(locks().renew(by(STRANGER), null))).isEqualTo(new RenewResult.NotYours());
		assertThat(get(locks().renew(by(OWNER), null))).isEqualTo(new RenewResult.Revoked("the host burns"));
		assertThat(get(locks().force(this.lock, this.id, "the host burns"))).isEqualTo(EndResult.DONE);
		awaitQueue(0);
	}

	private void assertRefused(String principal, @Nullable String token) throws Exception {
		assertThat(get(locks().acquire(exclusive(this.id, Duration.ofSeconds(1), Duration.ZERO).by(principal))))
			.isEqualTo(new AcquireResult.NotYours());
		assertThat(get(locks().renew(by(principal), token))).isEqualTo(new RenewResult.NotYours());
		assertThat(get(locks().find(by(principal)))).isEqualTo(new FindResult.NotYours());
		assertThat(get(locks().release(by(principal)))).isEqualTo(ReleaseResult.NOT_YOURS);
	}

	private Claim by(String principal) {
		return new Claim(this.lock, this.id, principal);
	}

	private AcquireRequest mine(Duration wait) {
		return exclusive(this.id, wait).by(OWNER);
	}

	private AcquireRequest theirs(Duration wait) {
		return exclusive(this.id, wait).by(STRANGER);
	}

}
