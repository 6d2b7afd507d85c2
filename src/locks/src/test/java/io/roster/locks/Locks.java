package io.roster.locks;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * What {@link LockContract} asks of an implementation: the calls of {@link LockQueues}.
 */
public interface Locks {

	CompletableFuture<AcquireResult> acquire(AcquireRequest request);

	CompletableFuture<RenewResult> renew(String lock, UUID lease, @Nullable String fencingToken);

	CompletableFuture<ReleaseResult> release(String lock, UUID lease);

	CompletableFuture<Optional<Lease>> find(String lock, UUID lease);

	CompletableFuture<LockView> view(String lock);

	LockList locks();

	/**
	 * The locks as one replica serves them.
	 * @param queues the replica
	 * @return its calls
	 */
	static Locks of(LockQueues queues) {
		return new Locks() {

			@Override
			public CompletableFuture<AcquireResult> acquire(AcquireRequest request) {
				return queues.acquire(request);
			}

			@Override
			public CompletableFuture<RenewResult> renew(String lock, UUID lease, @Nullable String fencingToken) {
				return queues.renew(lock, lease, fencingToken);
			}

			@Override
			public CompletableFuture<ReleaseResult> release(String lock, UUID lease) {
				return queues.release(lock, lease);
			}

			@Override
			public CompletableFuture<Optional<Lease>> find(String lock, UUID lease) {
				return queues.find(lock, lease);
			}

			@Override
			public CompletableFuture<LockView> view(String lock) {
				return queues.view(lock);
			}

			@Override
			public LockList locks() {
				return queues.locks();
			}

		};
	}

}
