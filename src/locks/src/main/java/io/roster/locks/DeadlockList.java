package io.roster.locks;

import java.util.List;

/**
 * The deadlocks that there are, the answer to {@code GET /deadlocks}.
 *
 * @param revision names the state of all locks in which they were seen; compared for
 * equality only
 * @param deadlocks the deadlocks; no owner is in two of them
 */
public record DeadlockList(String revision, List<Deadlock> deadlocks) {

	public DeadlockList {
		deadlocks = List.copyOf(deadlocks);
	}

}
