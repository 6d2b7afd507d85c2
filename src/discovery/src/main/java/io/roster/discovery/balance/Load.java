package io.roster.discovery.balance;

import java.time.Duration;

/**
 * What one consumer has asked of one instance. Guarded by the lock of the
 * {@link LeastRequests} that it belongs to.
 */
final class Load {

	private static final long BETWEEN_PROBES = Duration.ofSeconds(1).toNanos();

	private static final long NOTICEABLE = Duration.ofSeconds(1).toNanos();

	private int weight;

	private boolean suspect;

	private int inFlight;

	/** The share that it is taken to have had when its counting began. */
	private double share;

	/** Requests served since then. */
	private long served;

	private long chosenAt;

	private long listedAt;

	private int refusals;

	/** Of the last refusal that made it passed over. */
	private long ejectedAt;

	private long refusedAt;

	private long passedOverUntil;

	private long nextProbeAt;

	/** Whether others were served while it was not. */
	private boolean behind = true;

	Load(int weight, long now) {
		this.weight = weight;
		this.chosenAt = now;
		this.listedAt = now;
		this.ejectedAt = now;
		this.refusedAt = now;
		this.passedOverUntil = now;
		this.nextProbeAt = now;
	}

	void listed(Candidate candidate) {
		this.suspect = candidate.suspect();
		if (candidate.weight() != this.weight) {
			this.behind |= this.weight == 0;
			this.share = share();
			this.served = 0;
			this.weight = candidate.weight();
		}
	}

	void unlisted(long now) {
		this.listedAt = now;
	}

	void listedAgain(long now) {
		this.behind |= now - this.listedAt > NOTICEABLE;
	}

	void chosen(long now) {
		this.served++;
		this.chosenAt = now;
		this.nextProbeAt = now + BETWEEN_PROBES;
	}

	void begun() {
		this.inFlight++;
	}

	void ended() {
		this.inFlight--;
	}

	/**
	 * A burst of requests that are refused together counts once.
	 * @return whether it is passed over from now on, and was not before
	 */
	boolean refused(long now) {
		this.refusedAt = now;
		if (this.refusals > 0 && (this.suspect || this.passedOverUntil - now > 0)) {
			return false;
		}
		this.ejectedAt = now;
		this.behind = true;
		this.refusals++;
		this.passedOverUntil = now + passedOver().toNanos();
		return true;
	}

	/**
	 * An answer lifts the passing over, unless its request was older than the refusal: a
	 * server that shuts down answers what it has accepted, and refuses the rest.
	 * @return whether it was passed over
	 */
	boolean answered(long begunAt) {
		if (this.refusals == 0 || begunAt - this.ejectedAt < 0) {
			return false;
		}
		this.refusals = 0;
		return true;
	}

	/**
	 * When its time is over, one that refused gets a single request at first: more only
	 * after an answer, or, if none is told, a second later.
	 */
	boolean isPassedOver(long now) {
		return this.refusals > 0 && (this.suspect || this.passedOverUntil - now > 0 || this.nextProbeAt - now > 0);
	}

	/** A suspect may have to wait longer: until its loss is no longer doubted. */
	Duration passedOverFor(long now) {
		return isPassedOver(now)
				? Duration.ofNanos(Math.max(1, Math.max(this.passedOverUntil - now, this.nextProbeAt - now)))
				: Duration.ZERO;
	}

	boolean isIdleSince(long time) {
		return this.inFlight == 0 && this.chosenAt - time < 0;
	}

	/**
	 * Of those that are passed over, the one whose refusal is the oldest comes first, so
	 * that a request which tries them all does not try one twice.
	 */
	boolean isLessThan(Load other, long now) {
		boolean passedOver = isPassedOver(now);
		if (passedOver != other.isPassedOver(now)) {
			return !passedOver;
		}
		if ((this.weight == 0) != (other.weight == 0)) {
			return this.weight != 0;
		}
		if (occupation() != other.occupation()) {
			return occupation() < other.occupation();
		}
		return passedOver ? this.refusedAt - other.refusedAt < 0 : share() < other.share();
	}

	private double occupation() {
		return this.inFlight / (double) divisor();
	}

	/** Requests served, as one of weight 1 would have had them. */
	double share() {
		return this.share + this.served / (double) divisor();
	}

	private int divisor() {
		return Math.max(this.weight, 1);
	}

	boolean isBehind() {
		return this.behind;
	}

	/**
	 * It starts at the lowest share of the others, so that it is not flooded.
	 */
	void catchUp(double lowest) {
		this.behind = false;
		if (share() < lowest) {
			this.share = lowest;
			this.served = 0;
		}
	}

	int weight() {
		return this.weight;
	}

	int inFlight() {
		return this.inFlight;
	}

	int refusals() {
		return this.refusals;
	}

	Duration passedOver() {
		return PassingOver.afterRefusals(this.refusals);
	}

}
