package io.roster.locks.client;

import java.time.Duration;
import java.util.Optional;

/**
 * One acquisition of one lock: the same call with the same lease, until the lock is held
 * or the wait has passed.
 */
final class Acquisition {

	private static final String LOCK_HELD = "lock-held";

	private final LeaseCalls calls;

	private final AcquireOptions options;

	private final long waitUntil;

	private final long giveUpAt;

	Acquisition(LeaseCalls calls, AcquireOptions options, Duration patience) {
		this.calls = calls;
		this.options = options;
		long now = calls.now();
		this.waitUntil = now + options.maxWait().toNanos();
		this.giveUpAt = now + Math.max(options.maxWait().toNanos(), patience.toNanos());
	}

	Optional<HeldLock> run() throws InterruptedException {
		boolean settled = false;
		try {
			Optional<HeldLock> held = acquire();
			settled = true;
			return held;
		}
		catch (LockRefusedException ex) {
			// A request that is refused changes nothing.
			settled = true;
			throw ex;
		}
		finally {
			if (!settled) {
				// Interrupted or unanswered: whatever stands in the queue goes away.
				this.calls.releaseInBackground();
			}
		}
	}

	private Optional<HeldLock> acquire() throws InterruptedException {
		while (true) {
			Answer answer = this.calls.acquire(this.waitUntil, this.giveUpAt);
			if (answer.status() == Answer.OK) {
				return Optional.of(held(answer));
			}
			if (answer.status() == Answer.CONFLICT && answer.problem(LOCK_HELD)) {
				return Optional.empty();
			}
			if (answer.status() == Answer.GONE) {
				throw this.calls.lost(answer);
			}
			if (answer.status() != Answer.WAITING) {
				throw answer.refused();
			}
			if (this.calls.now() - this.waitUntil >= 0) {
				this.calls.releaseAndWait();
				return Optional.empty();
			}
		}
	}

	private HeldLock held(Answer answer) throws InterruptedException {
		HeldLock held = new HeldLock(this.calls, answer.fencingToken(), this.calls.deadline(answer));
		// The call may have stood in the queue for long, and its lease counts from when
		// it was sent.
		if (held.remaining().compareTo(this.options.ttl().dividedBy(2)) < 0) {
			held.renew();
		}
		return held;
	}

}
