package io.roster.locks.contract;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.roster.locks.AcquireRequest;
import io.roster.locks.AcquireResult;
import io.roster.locks.InvalidLockRequestException;
import io.roster.locks.Lease;
import io.roster.locks.LockSummary;
import io.roster.locks.LockView;
import io.roster.locks.Locks;
import io.roster.locks.Mode;
import io.roster.locks.RenewResult;
import org.assertj.core.api.ThrowingConsumer;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the parts of the contract have in common. An implementation supplies itself; one
 * with several replicas gives another of them each time, where any will do.
 */
abstract class LockContract {

	static final Duration TTL = Duration.ofSeconds(30);

	static final Duration BOUND = Duration.ofSeconds(60);

	final String lock = "lock-" + UUID.randomUUID();

	/**
	 * The implementation, a replica of it.
	 * @return a replica
	 */
	protected abstract Locks locks();

	AcquireRequest exclusive(UUID id, Duration wait) {
		return AcquireRequest.exclusive(this.lock, id, "alice", TTL, wait);
	}

	AcquireRequest exclusive(UUID id, Duration ttl, Duration wait) {
		return AcquireRequest.exclusive(this.lock, id, "alice", ttl, wait);
	}

	AcquireRequest shared(UUID id, Duration wait) {
		return new AcquireRequest(this.lock, id, "alice", Mode.SHARED, TTL, wait, Map.of(), null);
	}

	int queue() throws Exception {
		LockView view = get(locks().view(this.lock));
		return view.holders().size() + view.waiters().size();
	}

	void awaitQueue(int places) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(BOUND)
			.untilAsserted(() -> assertThat(queue()).isEqualTo(places));
	}

	void awaitSummary(LockSummary summary) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(BOUND)
			.untilAsserted(() -> assertThat(get(locks().locks()).locks()).contains(summary));
	}

	void awaitView(ThrowingConsumer<LockView> assertions) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(BOUND)
			.untilAsserted(() -> assertThat(get(locks().view(this.lock))).satisfies(assertions));
	}

	static Lease held(CompletableFuture<AcquireResult> result) throws Exception {
		return Results.held(get(result));
	}

	static Lease waiting(CompletableFuture<AcquireResult> result) throws Exception {
		return Results.waiting(get(result));
	}

	static Lease renewed(CompletableFuture<RenewResult> result) throws Exception {
		return Results.renewed(get(result));
	}

	/** A refusal is thrown at once, or by the future where it comes over a network. */
	static InvalidLockRequestException refusal(Callable<CompletableFuture<?>> call) throws Exception {
		try {
			get(call.call());
		}
		catch (InvalidLockRequestException ex) {
			return ex;
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof InvalidLockRequestException refusal) {
				return refusal;
			}
			throw ex;
		}
		throw new AssertionError("it was not refused");
	}

	static <T> T get(CompletableFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
		return future.get(90, TimeUnit.SECONDS);
	}

}
