package io.roster.locks.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one lock: renews its lease a third of the TTL after the last answered call was
 * sent, less up to a fifth of that so that locks taken together are not renewed together,
 * and ends the lock at its deadline whatever is answered. Has no thread of its own and
 * never blocks.
 */
final class Renewal {

	private static final Logger log = LoggerFactory.getLogger(Renewal.class);

	private static final int RENEWALS_PER_TTL = 3;

	private static final int RETRIES_PER_TTL = 15;

	private static final double SPREAD = 0.2;

	private final HeldLock held;

	private final LeaseCalls calls;

	private final Timer timer;

	// Guarded by this.
	private Runnable cancelRenewal = () -> {
	};

	private Runnable cancelDeadline = () -> {
	};

	private boolean over;

	private boolean unanswered;

	private Renewal(HeldLock held, LeaseCalls calls, Timer timer) {
		this.held = held;
		this.calls = calls;
		this.timer = timer;
	}

	/**
	 * Starts to watch over a lock, and to renew it if its options say so.
	 */
	static void start(HeldLock held, LeaseCalls calls, Timer timer, boolean renewed, long sentAt) {
		Renewal renewal = new Renewal(held, calls, timer);
		renewal.watchDeadline();
		if (renewed) {
			renewal.renewAfter(renewal.untilNext(sentAt));
		}
		held.whenOver(renewal::stop);
	}

	private synchronized void stop() {
		this.over = true;
		this.cancelRenewal.run();
		this.cancelDeadline.run();
	}

	private void watchDeadline() {
		// Not while this is locked: a lock that ends here calls stop().
		Duration remaining = this.held.remaining();
		synchronized (this) {
			if (!this.over && !remaining.isZero()) {
				this.cancelDeadline = this.timer.after(remaining, this::watchDeadline);
			}
		}
	}

	private Duration untilNext(long sentAt) {
		double third = (double) this.calls.ttl().toNanos() / RENEWALS_PER_TTL;
		long spread = (long) (third * (1 - ThreadLocalRandom.current().nextDouble(SPREAD)));
		return Duration.ofNanos(Math.max(0, sentAt + spread - this.calls.now()));
	}

	private synchronized void renewAfter(Duration delay) {
		if (!this.over) {
			this.cancelRenewal = this.timer.after(delay, this::renew);
		}
	}

	private void renew() {
		Duration remaining = this.held.remaining();
		if (!remaining.isZero()) {
			var unused = this.calls.renewOnce(this.held.fencingToken()).whenComplete(this::settle);
		}
	}

	private void settle(@Nullable Answer answer, @Nullable Throwable failure) {
		if (answer != null && this.held.renewed(answer)) {
			if (reported(false)) {
				log.info("Lock {} (lease {}) is renewed again", this.held.lock(), this.held.lease());
			}
			renewAfter(untilNext(answer.sentAt()));
			return;
		}
		Duration remaining = this.held.remaining();
		if (remaining.isZero()) {
			return;
		}
		if (!reported(true)) {
			log.warn("Lock {} (lease {}) could not be renewed and is held for {} more: {}", this.held.lock(),
					this.held.lease(), remaining, (answer != null) ? answer.refused().getMessage() : failure);
		}
		renewAfter(this.calls.ttl().dividedBy(RETRIES_PER_TTL));
	}

	/** Notes a change, which is logged once, and returns what was noted before. */
	private synchronized boolean reported(boolean nowUnanswered) {
		boolean before = this.unanswered;
		this.unanswered = nowUnanswered;
		return before;
	}

}
