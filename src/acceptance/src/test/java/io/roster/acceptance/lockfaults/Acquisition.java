package io.roster.acceptance.lockfaults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The events about one acquire, and about the lock that it gave, put together.
 */
final class Acquisition {

	final Event.Called called;

	final List<Event.Refused> refused = new ArrayList<>();

	Event.@Nullable Granted granted;

	Event.@Nullable Ended ended;

	private long until = Long.MIN_VALUE;

	private long releaseSent = Long.MAX_VALUE;

	private Acquisition(Event.Called called) {
		this.called = called;
	}

	/**
	 * Puts events together.
	 * @return the acquisitions by their numbers
	 */
	static Map<Integer, Acquisition> of(List<Event> events) {
		Map<Integer, Acquisition> all = new LinkedHashMap<>();
		for (Event event : events) {
			if (event instanceof Event.Called called) {
				all.put(called.acquisition(), new Acquisition(called));
			}
			else {
				Acquisition acquisition = all.get(event.acquisition());
				if (acquisition == null) {
					throw new IllegalArgumentException("never called: " + event);
				}
				acquisition.take(event);
			}
		}
		return all;
	}

	private void take(Event event) {
		if (event instanceof Event.Granted now) {
			this.granted = now;
			this.until = now.until();
		}
		else if (event instanceof Event.Kept kept) {
			this.until = Math.max(this.until, kept.until());
		}
		else if (event instanceof Event.ReleaseSent sent) {
			this.releaseSent = sent.at();
		}
		else if (event instanceof Event.Refused write) {
			this.refused.add(write);
		}
		else if (event instanceof Event.Ended end) {
			this.ended = end;
		}
	}

	int number() {
		return this.called.acquisition();
	}

	Aim aim() {
		return this.called.aim();
	}

	List<String> locks() {
		return aim().locks();
	}

	/** Until when its client does not give up its place, unless the acquire fails. */
	long waitEnd() {
		return this.called.at() + this.called.patience().toNanos();
	}

	/** When its client sent the release, {@link Long#MAX_VALUE} if never. */
	long releaseSent() {
		return this.releaseSent;
	}

	/** When its client held the lock, nothing if it never did. */
	@Nullable Hold hold() {
		if (this.granted == null) {
			return null;
		}
		long end = Math.min(this.until, this.releaseSent);
		return (this.granted.at() < end) ? new Hold(this, this.granted.token(), this.granted.at(), end) : null;
	}

	/** When the acquire ended, {@code null} if it did not. */
	@Nullable Long endedAt() {
		if (this.granted != null) {
			return this.granted.at();
		}
		return (this.ended != null) ? this.ended.at() : null;
	}

	@Override
	public String toString() {
		return "%s (acquisition %d of %s, called at %d, %s)".formatted(this.called.client(), number(), aim(),
				this.called.at(), (this.granted != null) ? this.granted : this.ended);
	}

	/**
	 * A time in which a client held a lock by its own deadline.
	 *
	 * @param from when it was told
	 * @param until its own deadline, or when it sent the release
	 */
	record Hold(Acquisition acquisition, long token, long from, long until) {
	}

}
