package io.roster.locks.contract;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.roster.locks.AcquireResult;
import io.roster.locks.EndResult;
import io.roster.locks.Lease;
import io.roster.locks.ReleaseResult;
import io.roster.locks.RenewResult;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator can do to leases, gently and at once.
 */
public abstract class EndingContract extends LockContract {

	private static final String REASON = "the host of this client burns";

	private final UUID holder = UUID.randomUUID();

	private final UUID waiter = UUID.randomUUID();

	@Test
	void theHolderIsToldTheReasonAndMayGiveBackBefore() throws Exception {
		held(locks().acquire(exclusive(this.holder, Duration.ZERO)));
		CompletableFuture<AcquireResult> next = locks().acquire(exclusive(this.waiter, BOUND));
		awaitQueue(2);
		get(locks().revoke(this.lock, this.holder, REASON));
		assertThat(get(locks().renew(this.lock, this.holder, null))).isEqualTo(new RenewResult.Revoked(REASON));
		assertThat(get(locks().acquire(exclusive(this.holder, Duration.ZERO))))
			.isEqualTo(new AcquireResult.Revoked(REASON));
		awaitView((view) -> assertThat(view.holders()).singleElement()
			.satisfies((place) -> assertThat(place.revoked()).isEqualTo(REASON)));
		assertThat(next).isNotDone();
		assertThat(get(locks().release(this.lock, this.holder))).isEqualTo(ReleaseResult.RELEASED);
		held(next);
	}

	@Test
	void whoWaitsInARevokedPlaceIsTold() throws Exception {
		held(locks().acquire(exclusive(this.holder, Duration.ZERO)));
		CompletableFuture<AcquireResult> next = locks().acquire(exclusive(this.waiter, Duration.ofSeconds(9), BOUND));
		awaitQueue(2);
		assertThat(get(locks().revoke(this.lock, this.waiter, REASON))).isEqualTo(EndResult.DONE);
		assertThat(get(next)).isEqualTo(new AcquireResult.Revoked(REASON));
	}

	@Test
	void aForcedReleasePassesTheLockAtOnce() throws Exception {
		Lease lease = held(locks().acquire(exclusive(this.holder, Duration.ZERO)));
		CompletableFuture<AcquireResult> next = locks().acquire(exclusive(this.waiter, BOUND));
		awaitQueue(2);
		assertThat(get(locks().force(this.lock, this.holder, REASON))).isEqualTo(EndResult.DONE);
		assertThat(Results.token(held(next))).isGreaterThan(Results.token(lease));
		assertThat(get(locks().renew(this.lock, this.holder, lease.fencingToken()))).isEqualTo(new RenewResult.Gone());
		assertThat(get(locks().release(this.lock, this.holder))).isEqualTo(ReleaseResult.GONE);
	}

	@Test
	void aWaiterThatIsForcedOutIsTold() throws Exception {
		held(locks().acquire(exclusive(this.holder, Duration.ZERO)));
		CompletableFuture<AcquireResult> next = locks().acquire(exclusive(this.waiter, BOUND));
		awaitQueue(2);
		assertThat(get(locks().force(this.lock, this.waiter, REASON))).isEqualTo(EndResult.DONE);
		assertThat(get(next)).isEqualTo(new AcquireResult.Gone());
		awaitQueue(1);
	}

	@Test
	void whatIsNotThereCannotBeEnded() throws Exception {
		assertThat(get(locks().revoke(this.lock, this.holder, REASON))).isEqualTo(EndResult.GONE);
		assertThat(get(locks().force(this.lock, this.holder, REASON))).isEqualTo(EndResult.GONE);
	}

	@Test
	void aReasonIsNeeded() throws Exception {
		assertThat(refusal(() -> locks().revoke(this.lock, this.holder, " ")).field()).isEqualTo("reason");
		assertThat(refusal(() -> locks().force(this.lock, this.holder, "x".repeat(5000))).field()).isEqualTo("reason");
	}

}
