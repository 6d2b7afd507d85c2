package io.roster.acceptance.lockfaults;

import java.time.Duration;
import java.util.UUID;

/**
 * What a client did or was told. All times are readings of {@link System#nanoTime()} of
 * one process. The acquisition is a number that the events about one acquire, and about
 * the lock that it gave, have in common.
 */
sealed interface Event {

	int acquisition();

	long at();

	/**
	 * An acquire begins.
	 *
	 * @param patience how long it stands in the queue at least, unless it fails
	 * @param bound within which it is to end, in whatever way
	 */
	record Called(int acquisition, String client, Aim aim, Duration patience, Duration bound,
			long at) implements Event {
	}

	/**
	 * An acquire has given the lock.
	 *
	 * @param at when the client learned it
	 * @param until the client's own deadline; not after {@code at} when it came too late
	 */
	record Granted(int acquisition, UUID lease, long token, long at, long until) implements Event {
	}

	/** An acquire has ended without the lock. */
	record Ended(int acquisition, Outcome outcome, String detail, long at) implements Event {
	}

	/**
	 * The holder has looked, and holds the lock.
	 *
	 * @param until its own deadline, as far as it knows now
	 */
	record Kept(int acquisition, long at, long until) implements Event {
	}

	/** The resource has accepted a write; these events stand in the resource's order. */
	record Accepted(int acquisition, String lock, long at) implements Event {
	}

	/**
	 * The resource has refused a write.
	 *
	 * @param held whether the writer held the lock, by its own deadline, after it had
	 * been refused
	 */
	record Refused(int acquisition, String lock, boolean held, long at) implements Event {
	}

	/** The client begins to give the lock, or its place, back. */
	record ReleaseSent(int acquisition, long at) implements Event {
	}

	/** The client has ended giving it back. */
	record ReleaseEnded(int acquisition, long at) implements Event {
	}

	/** How an acquire ends that does not give the lock. */
	enum Outcome {

		/** Not free within the wait. */
		NOT_FREE,

		/** The place was lost, or no replica answered. */
		FAILED,

		/** The service answered what it must never answer. */
		UNEXPECTED

	}

}
