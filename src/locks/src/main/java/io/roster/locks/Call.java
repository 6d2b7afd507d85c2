package io.roster.locks;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * A call that waits for its answer: a future, and no thread. Confined to the replica's
 * {@link Serial}, but for the future.
 *
 * @param <T> the answer
 */
class Call<T> {

	private final CompletableFuture<T> future = new CompletableFuture<>();

	private final long arrival;

	private final @Nullable String principal;

	private volatile boolean ended;

	/** Whether the ensemble was asked, after this call came, for all that was there. */
	boolean looked;

	/** Whether a place was deleted for it, as far as is known. */
	boolean deleted;

	Timers.@Nullable Timer giveUp;

	/** The locks of its lease, where that was looked up. */
	List<String> locks = List.of();

	Call(long arrival) {
		this(arrival, null);
	}

	Call(long arrival, @Nullable String principal) {
		this.arrival = arrival;
		this.principal = principal;
	}

	/** Who asks, or {@code null} for nobody in particular. */
	@Nullable String principal() {
		return this.principal;
	}

	CompletableFuture<T> future() {
		return this.future;
	}

	/** When it arrived, on the replica's ticker: what its answer counts from. */
	long arrival() {
		return this.arrival;
	}

	boolean ended() {
		return this.ended;
	}

	/** Answers it. The future completes when the {@link Serial} is free again. */
	void end(Serial serial, T answer) {
		end();
		serial.afterwards(() -> this.future.complete(answer));
	}

	void fail(Serial serial, Throwable failure) {
		end();
		serial.afterwards(() -> this.future.completeExceptionally(failure));
	}

	void end() {
		this.ended = true;
		if (this.giveUp != null) {
			this.giveUp.cancel();
		}
	}

	/**
	 * Renews a lease.
	 */
	static final class Renew extends Call<RenewResult> {

		private final @Nullable Long token;

		Renew(long arrival, @Nullable String principal, @Nullable Long token) {
			super(arrival, principal);
			this.token = token;
		}

		@Nullable Long token() {
			return this.token;
		}

	}

	/**
	 * Takes a place and waits.
	 */
	static final class Acquire extends Call<AcquireResult> {

		private static final long NOTHING = Long.MIN_VALUE;

		private final AcquireRequest request;

		private long wroteTo = NOTHING;

		private boolean waitOver;

		/** It has stood behind somebody. */
		boolean queued;

		/** It goes on in a place that was there before. */
		private boolean joined;

		/** In which era it was looked whether it waits for itself. */
		private int checkedIn = -1;

		/** How it will be answered when its place is given up. */
		@Nullable AcquireResult refusal;

		/** It is refused, and those who hold the lock are being looked up. */
		boolean refusing;

		Timers.@Nullable Timer waitEnd;

		Acquire(long arrival, AcquireRequest request) {
			super(arrival, request.principal());
			this.request = request;
			this.waitOver = request.maxWait().isZero();
		}

		AcquireRequest request() {
			return this.request;
		}

		/** The wait has passed: the place is kept for a TTL from now, by a write. */
		void waitIsOver() {
			this.waitOver = true;
			needsWrite();
		}

		boolean isWaitOver() {
			return this.waitOver;
		}

		void needsWrite() {
			this.wroteTo = NOTHING;
		}

		void wroteTo(long czxid) {
			this.wroteTo = czxid;
		}

		/** A write to a place has committed that was there before. */
		void joined(long czxid) {
			this.joined = true;
			wroteTo(czxid);
		}

		/** Whether it is still to be looked, in this era, whether it waits for itself. */
		boolean mustBeChecked(int era) {
			boolean must = this.request.onDeadlock() == OnDeadlock.REFUSE && this.checkedIn != era;
			this.checkedIn = era;
			return must;
		}

		/**
		 * Whether a place was there when this call came to wait in its own: of two who
		 * close a cycle one came later, and that one is refused.
		 */
		boolean follows(QueueNode own, QueueNode place) {
			return this.joined || place.czxid() < own.czxid()
					|| Objects.equals(place.name().lease(), own.name().lease())
					|| (place.czxid() == own.czxid() && place.path().compareTo(own.path()) <= 0);
		}

		/** Whether a write that was made for this call has committed. */
		boolean hasWritten() {
			return this.wroteTo != NOTHING;
		}

		boolean hasWrittenTo(QueueNode node) {
			return hasWritten() && this.wroteTo == node.czxid();
		}

		@Override
		void end() {
			super.end();
			if (this.waitEnd != null) {
				this.waitEnd.cancel();
			}
		}

	}

}
