package io.roster.locks.contract;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.roster.locks.AcquireResult;
import io.roster.locks.ClientKind;
import io.roster.locks.FindResult;
import io.roster.locks.Lease;
import io.roster.locks.LeaseState;
import io.roster.locks.LockKind;
import io.roster.locks.LockSummary;
import io.roster.locks.LockView;
import io.roster.locks.Mode;
import io.roster.locks.ReleaseResult;
import io.roster.locks.RenewResult;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What any lock with leases must do.
 */
public abstract class LeaseContract extends LockContract {

	@Test
	void aFreeLockIsHeldAtOnce() throws Exception {
		UUID id = UUID.randomUUID();
		Lease lease = held(locks().acquire(exclusive(id, Duration.ZERO)));
		assertThat(lease.lock()).isEqualTo(this.lock);
		assertThat(lease.lease()).isEqualTo(id.toString());
		assertThat(lease.owner()).isEqualTo("alice");
		assertThat(lease.mode()).isEqualTo(Mode.EXCLUSIVE);
		assertThat(lease.position()).isZero();
		assertThat(lease.fencingToken()).matches("\\d+");
		assertThat(lease.ttl()).isEqualTo("30s");
		assertThat(lease.expiresInMs()).isBetween(1L, 30_000L);
	}

	@Test
	void aWaiterIsGrantedWhenTheHolderGivesBack() throws Exception {
		UUID first = UUID.randomUUID();
		Lease held = held(locks().acquire(exclusive(first, Duration.ZERO)));
		CompletableFuture<AcquireResult> waiter = locks().acquire(exclusive(UUID.randomUUID(), BOUND));
		awaitQueue(2);
		assertThat(waiter).isNotDone();
		assertThat(get(locks().release(this.lock, first))).isEqualTo(ReleaseResult.RELEASED);
		Lease next = held(waiter);
		assertThat(Results.token(next)).isGreaterThan(Results.token(held));
	}

	@Test
	void whoDoesNotWaitIsToldTheHoldersAndLeavesNothingBehind() throws Exception {
		UUID holder = UUID.randomUUID();
		held(locks().acquire(exclusive(holder, Duration.ZERO)));
		AcquireResult refused = get(locks().acquire(exclusive(UUID.randomUUID(), Duration.ZERO)));
		assertThat(refused).isInstanceOfSatisfying(AcquireResult.Refused.class, (answer) -> {
			assertThat(answer.holders()).singleElement().satisfies((place) -> {
				assertThat(place.lease()).isEqualTo(holder.toString());
				assertThat(place.owner()).isEqualTo("alice");
				assertThat(place.state()).isEqualTo(LeaseState.HELD);
			});
		});
		awaitQueue(1);
	}

	@Test
	void aPlaceIsKeptWhenTheWaitHasPassedAndTheSameCallGoesOnInIt() throws Exception {
		UUID first = UUID.randomUUID();
		UUID second = UUID.randomUUID();
		held(locks().acquire(exclusive(first, Duration.ZERO)));
		Lease waiting = waiting(locks().acquire(exclusive(second, Duration.ofMillis(100))));
		assertThat(waiting.position()).isOne();
		assertThat(waiting.fencingToken()).isNull();
		assertThat(waiting.expiresInMs()).isBetween(1L, 30_000L);
		CompletableFuture<AcquireResult> third = locks().acquire(exclusive(UUID.randomUUID(), BOUND));
		awaitQueue(3);
		CompletableFuture<AcquireResult> again = locks().acquire(exclusive(second, BOUND));
		get(locks().release(this.lock, first));
		held(again);
		assertThat(third).isNotDone();
		awaitQueue(2);
		get(locks().release(this.lock, second));
		held(third);
	}

	@Test
	void theSameCallAgainIsTheSameLease() throws Exception {
		UUID id = UUID.randomUUID();
		Lease lease = held(locks().acquire(exclusive(id, Duration.ZERO)));
		Lease again = held(locks().acquire(exclusive(id, Duration.ZERO)));
		assertThat(again.fencingToken()).isEqualTo(lease.fencingToken());
		awaitQueue(1);
	}

	@Test
	void theSameCallMayMakeTheTtlLongerAndNeverShorter() throws Exception {
		UUID id = UUID.randomUUID();
		held(locks().acquire(exclusive(id, Duration.ZERO)));
		assertThat(held(locks().acquire(exclusive(id, TTL.multipliedBy(2), Duration.ZERO))).ttl()).isEqualTo("60s");
		assertThat(held(locks().acquire(exclusive(id, TTL, Duration.ZERO))).ttl()).isEqualTo("60s");
		assertThat(renewed(locks().renew(this.lock, id, null)).ttl()).isEqualTo("60s");
	}

	@Test
	void twoCallsAtOnceAreOneLease() throws Exception {
		UUID first = UUID.randomUUID();
		UUID id = UUID.randomUUID();
		held(locks().acquire(exclusive(first, Duration.ZERO)));
		CompletableFuture<AcquireResult> one = locks().acquire(exclusive(id, BOUND));
		CompletableFuture<AcquireResult> two = locks().acquire(exclusive(id, BOUND));
		awaitQueue(2);
		get(locks().release(this.lock, first));
		assertThat(held(one).fencingToken()).isEqualTo(held(two).fencingToken());
		get(locks().release(this.lock, id));
		awaitQueue(0);
	}

	@Test
	void aRenewalKeepsTheTokenAndWaitersStayWaiting() throws Exception {
		UUID first = UUID.randomUUID();
		UUID second = UUID.randomUUID();
		Lease lease = held(locks().acquire(exclusive(first, Duration.ZERO)));
		waiting(locks().acquire(exclusive(second, Duration.ofMillis(1))));
		assertThat(renewed(locks().renew(this.lock, first, lease.fencingToken())).fencingToken())
			.isEqualTo(lease.fencingToken());
		assertThat(renewed(locks().renew(this.lock, first, null)).state()).isEqualTo(LeaseState.HELD);
		Lease waiter = renewed(locks().renew(this.lock, second, null));
		assertThat(waiter.state()).isEqualTo(LeaseState.WAITING);
		assertThat(waiter.fencingToken()).isNull();
	}

	@Test
	void aRenewalOfNothingIsGone() throws Exception {
		UUID id = UUID.randomUUID();
		assertThat(get(locks().renew(this.lock, id, null))).isInstanceOf(RenewResult.Gone.class);
		held(locks().acquire(exclusive(id, Duration.ZERO)));
		get(locks().release(this.lock, id));
		assertThat(get(locks().renew(this.lock, id, null))).isInstanceOf(RenewResult.Gone.class);
	}

	@Test
	void aRenewalWithAnotherTokenIsGone() throws Exception {
		UUID id = UUID.randomUUID();
		Lease lease = held(locks().acquire(exclusive(id, Duration.ZERO)));
		String older = Long.toString(Results.token(lease) - 1);
		assertThat(get(locks().renew(this.lock, id, older))).isInstanceOf(RenewResult.Gone.class);
	}

	@Test
	void aSecondReleaseFindsNothing() throws Exception {
		UUID id = UUID.randomUUID();
		assertThat(get(locks().release(this.lock, id))).isEqualTo(ReleaseResult.GONE);
		held(locks().acquire(exclusive(id, Duration.ZERO)));
		assertThat(get(locks().release(this.lock, id))).isEqualTo(ReleaseResult.RELEASED);
		assertThat(get(locks().release(this.lock, id))).isEqualTo(ReleaseResult.GONE);
	}

	@Test
	void aWaiterThatGivesUpItsPlaceIsPassedOver() throws Exception {
		UUID first = UUID.randomUUID();
		UUID second = UUID.randomUUID();
		held(locks().acquire(exclusive(first, Duration.ZERO)));
		CompletableFuture<AcquireResult> waiter = locks().acquire(exclusive(second, BOUND));
		awaitQueue(2);
		CompletableFuture<AcquireResult> third = locks().acquire(exclusive(UUID.randomUUID(), BOUND));
		awaitQueue(3);
		assertThat(get(locks().release(this.lock, second))).isEqualTo(ReleaseResult.RELEASED);
		assertThat(get(waiter)).isInstanceOf(AcquireResult.Gone.class);
		get(locks().release(this.lock, first));
		held(third);
	}

	@Test
	void aLeaseThatNobodyRenewsExpiresAndTheNextIsGranted() throws Exception {
		UUID id = UUID.randomUUID();
		long start = System.nanoTime();
		held(locks().acquire(exclusive(id, Duration.ofSeconds(1), Duration.ZERO)));
		held(locks().acquire(exclusive(UUID.randomUUID(), BOUND)));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
		assertThat(get(locks().renew(this.lock, id, null))).isInstanceOf(RenewResult.Gone.class);
		assertThat(get(locks().release(this.lock, id))).isEqualTo(ReleaseResult.GONE);
	}

	@Test
	void aWaiterIsKeptBeyondItsTtlAndWhoIsGoneIsNot() throws Exception {
		UUID first = UUID.randomUUID();
		held(locks().acquire(exclusive(first, Duration.ZERO)));
		UUID gone = UUID.randomUUID();
		waiting(locks().acquire(exclusive(gone, Duration.ofSeconds(3), Duration.ofMillis(10))));
		CompletableFuture<AcquireResult> waiter = locks()
			.acquire(exclusive(UUID.randomUUID(), Duration.ofSeconds(3), BOUND));
		awaitQueue(3);
		Awaitility.await().atMost(Duration.ofSeconds(6)).untilAsserted(() -> assertThat(queue()).isEqualTo(2));
		get(locks().release(this.lock, first));
		held(waiter);
	}

	@Test
	void aQueueShowsWhoHoldsAndWhoWaits() throws Exception {
		UUID first = UUID.randomUUID();
		UUID second = UUID.randomUUID();
		Lease lease = held(locks().acquire(exclusive(first, Duration.ZERO)));
		waiting(locks().acquire(exclusive(second, Duration.ofMillis(1))));
		awaitQueue(2);
		awaitView((view) -> {
			assertThat(view.name()).isEqualTo(this.lock);
			assertThat(view.kind()).isEqualTo(LockKind.MUTEX);
			assertThat(view.permits()).isOne();
			assertThat(view.holders()).singleElement().satisfies((place) -> {
				assertThat(place.lease()).isEqualTo(first.toString());
				assertThat(place.fencingToken()).isEqualTo(lease.fencingToken());
				assertThat(place.client()).isEqualTo(ClientKind.REST);
			});
			assertThat(view.waiters()).singleElement().satisfies((place) -> {
				assertThat(place.lease()).isEqualTo(second.toString());
				assertThat(place.position()).isOne();
				assertThat(place.fencingToken()).isNull();
				assertThat(place.owner()).isEqualTo("alice");
			});
		});
		awaitSummary(new LockSummary(this.lock, LockKind.MUTEX, 1, 1));
	}

	@Test
	void aLockThatNobodyUsesHasAnEmptyQueue() throws Exception {
		LockView view = get(locks().view(this.lock));
		assertThat(view.holders()).isEmpty();
		assertThat(view.waiters()).isEmpty();
	}

	@Test
	void aLeaseCanBeFoundUntilItIsGone() throws Exception {
		UUID id = UUID.randomUUID();
		assertThat(get(locks().find(this.lock, id))).isEqualTo(new FindResult.Gone());
		Lease lease = held(locks().acquire(exclusive(id, Duration.ZERO)));
		Lease found = Results.found(get(locks().find(this.lock, id)));
		assertThat(found.state()).isEqualTo(LeaseState.HELD);
		assertThat(found.fencingToken()).isEqualTo(lease.fencingToken());
		assertThat(found.owner()).isEqualTo("alice");
		assertThat(found.expiresInMs()).isLessThanOrEqualTo(30_000);
		get(locks().release(this.lock, id));
		assertThat(get(locks().find(this.lock, id))).isEqualTo(new FindResult.Gone());
	}

}
