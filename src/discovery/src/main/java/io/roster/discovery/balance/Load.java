package io.roster.discovery.balance;

/**
 * What one consumer has asked of one instance. Guarded by the lock of the
 * {@link LeastRequests} that it belongs to.
 */
final class Load {

	private int inFlight;

	private long total;

	private long chosenAt;

	private int refusals;

	private long refusedAt;

	private long passedOverUntil;

	Load(long total, long now) {
		this.total = total;
		this.chosenAt = now;
		this.refusedAt = now;
		this.passedOverUntil = now;
	}

	void chosen(long now) {
		this.total++;
		this.chosenAt = now;
	}

	void begun() {
		this.inFlight++;
	}

	void ended() {
		this.inFlight--;
	}

	/**
	 * A burst of requests that are refused together counts once.
	 */
	void refused(long now) {
		if (isPassedOver(now)) {
			return;
		}
		this.refusedAt = now;
		this.passedOverUntil = now + PassingOver.afterRefusals(++this.refusals).toNanos();
	}

	/**
	 * An answer lifts the passing over, unless its request was older than the refusal: a
	 * server that shuts down answers what it has accepted, and refuses the rest.
	 */
	void answered(long begunAt) {
		if (begunAt - this.refusedAt >= 0) {
			this.refusals = 0;
			this.passedOverUntil = begunAt;
		}
	}

	boolean isPassedOver(long now) {
		return this.refusals > 0 && this.passedOverUntil - now > 0;
	}

	boolean isIdleSince(long time) {
		return this.inFlight == 0 && this.chosenAt - time < 0;
	}

	boolean isLessThan(Load other, long now) {
		if (isPassedOver(now) != other.isPassedOver(now)) {
			return other.isPassedOver(now);
		}
		if (this.inFlight != other.inFlight) {
			return this.inFlight < other.inFlight;
		}
		return this.total < other.total;
	}

	long total() {
		return this.total;
	}

	int inFlight() {
		return this.inFlight;
	}

}
