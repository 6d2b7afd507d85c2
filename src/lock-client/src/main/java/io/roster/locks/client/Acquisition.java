package io.roster.locks.client;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * One acquisition of one lock: the same call with the same lease, until the lock is held
 * or the wait has passed. Waits without a thread.
 */
final class Acquisition {

	private final LockClient client;

	private final LeaseCalls calls;

	private final AcquireOptions options;

	private final long waitUntil;

	private final long giveUpAt;

	private final CompletableFuture<Optional<HeldLock>> result = new CompletableFuture<>();

	private volatile @Nullable CompletableFuture<Answer> call;

	Acquisition(LockClient client, LeaseCalls calls, AcquireOptions options) {
		this.client = client;
		this.calls = calls;
		this.options = options;
		long now = calls.now();
		this.waitUntil = now + options.maxWait().toNanos();
		this.giveUpAt = now + Math.max(options.maxWait().toNanos(), client.patience().toNanos());
	}

	CompletableFuture<Optional<HeldLock>> start() {
		var unused = this.result.whenComplete((held, failure) -> {
			if (failure instanceof CancellationException) {
				giveUp();
			}
		});
		next();
		return this.result;
	}

	/**
	 * The caller goes away, or the client: whatever stands in the queue goes away too.
	 */
	private void giveUp() {
		CompletableFuture<Answer> current = this.call;
		if (current != null) {
			current.cancel(true);
		}
		var unused = this.calls.release();
	}

	/** Ends the acquisition with an error, and gives up its place. */
	void abort(RuntimeException reason) {
		if (this.result.completeExceptionally(reason)) {
			giveUp();
		}
	}

	private void next() {
		if (!this.result.isDone()) {
			CompletableFuture<Answer> sent = this.calls.acquire(this.waitUntil, this.giveUpAt);
			this.call = sent;
			follow(sent, this::settle);
			if (this.result.isDone()) {
				// Given up before the call was known.
				sent.cancel(true);
			}
		}
	}

	private void follow(CompletableFuture<Answer> sent, Settlement settlement) {
		var unused = sent.whenComplete((answer, failure) -> {
			try {
				if (answer != null) {
					settlement.accept(answer);
				}
				else if (!this.result.isDone()) {
					abort(LockClient.known(failure));
				}
			}
			catch (LockUnavailableException ex) {
				abort(ex);
			}
			catch (RuntimeException ex) {
				// A request that is refused changes nothing, and a lease that is lost is
				// gone.
				this.result.completeExceptionally(ex);
			}
		});
	}

	private void settle(Answer answer) {
		if (answer.status() == Answer.OK) {
			granted(answer);
		}
		else if (answer.status() == Answer.CONFLICT && answer.problem(Answer.LOCK_HELD)) {
			this.result.complete(Optional.empty());
		}
		else if (answer.status() == Answer.GONE) {
			throw this.calls.lost(answer);
		}
		else if (answer.status() != Answer.WAITING) {
			throw answer.refused();
		}
		else if (this.calls.now() - this.waitUntil >= 0) {
			var unused = this.calls.releaseSoon()
				.whenComplete((done, failure) -> this.result.complete(Optional.empty()));
		}
		else {
			next();
		}
	}

	private void granted(Answer answer) {
		long token = answer.fencingToken();
		long remaining = this.calls.deadline(answer) - this.calls.now();
		if (answer.vouched() && remaining >= this.options.ttl().toNanos() / 2) {
			hold(token, answer);
			return;
		}
		// The call may have stood in the queue for long, and its lease counts from when
		// it was sent.
		CompletableFuture<Answer> renewal = this.calls.renew(token, this.calls.now() + this.options.ttl().toNanos());
		this.call = renewal;
		follow(renewal, (renewed) -> {
			if (renewed.status() == Answer.GONE) {
				throw this.calls.lost(renewed);
			}
			if (renewed.status() != Answer.OK) {
				throw renewed.refused();
			}
			hold(token, renewed);
		});
	}

	private void hold(long token, Answer answer) {
		if (this.calls.deadline(answer) - this.calls.now() <= 0) {
			throw new LockUnavailableException("lock %s was granted in an answer that took longer than its TTL of %s"
				.formatted(this.calls.lock(), this.options.ttl()), null);
		}
		HeldLock held = this.client.hold(this.calls, token, answer, this.options.renewed());
		if (!this.result.complete(Optional.of(held))) {
			// Nobody waits for it any more, and it is being given back.
			held.forget();
		}
	}

	@FunctionalInterface
	private interface Settlement {

		void accept(Answer answer);

	}

}
