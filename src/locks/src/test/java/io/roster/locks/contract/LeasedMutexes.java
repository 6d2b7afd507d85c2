package io.roster.locks.contract;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.roster.locks.AcquireRequest;
import io.roster.locks.AcquireResult;
import io.roster.locks.LockView;
import io.roster.locks.Locks;
import org.jspecify.annotations.Nullable;

/**
 * Turns that are leases.
 *
 * @param locks gives a replica
 */
public record LeasedMutexes(Supplier<Locks> locks) implements Mutexes {

	@Override
	public Turn queue(String lock) {
		UUID lease = UUID.randomUUID();
		CompletableFuture<AcquireResult> result = this.locks.get()
			.acquire(AcquireRequest.exclusive(lock, lease, "turn", LockContract.TTL, LockContract.BOUND));
		return new LeaseTurn(this.locks, lock, lease, result.thenApply(Results::held));
	}

	@Override
	public @Nullable Turn tryNow(String lock) throws Exception {
		UUID lease = UUID.randomUUID();
		AcquireResult result = this.locks.get()
			.acquire(AcquireRequest.exclusive(lock, lease, "turn", LockContract.TTL, Duration.ZERO))
			.get(90, TimeUnit.SECONDS);
		return (result instanceof AcquireResult.Held)
				? new LeaseTurn(this.locks, lock, lease, CompletableFuture.completedFuture(result)) : null;
	}

	@Override
	public int places(String lock) throws Exception {
		LockView view = this.locks.get().view(lock).get(90, TimeUnit.SECONDS);
		return view.holders().size() + view.waiters().size();
	}

	private record LeaseTurn(Supplier<Locks> locks, String lock, UUID lease,
			CompletableFuture<?> begun) implements Turn {

		@Override
		public void end() throws Exception {
			this.locks.get().release(this.lock, this.lease).get(90, TimeUnit.SECONDS);
		}

	}

}
