package io.roster.locks;

import java.util.List;

/**
 * One lock's queue, the answer to {@code GET /locks/{lock}}. A lock that nobody uses has
 * an empty queue; it is not an error.
 *
 * @param name the name of the lock
 * @param kind what it is
 * @param permits how many may hold it at once
 * @param revision names this state of all locks; compared for equality only
 * @param holders who holds it
 * @param waiters who waits, in order
 */
public record LockView(String name, LockKind kind, int permits, String revision, List<Place> holders,
		List<Place> waiters) {

	public LockView {
		holders = List.copyOf(holders);
		waiters = List.copyOf(waiters);
	}

}
