package io.roster.locks;

import java.util.List;

/**
 * All locks that have a znode, the answer to {@code GET /locks}.
 *
 * @param revision names this state of all locks; compared for equality only
 * @param locks the locks, ordered by name
 */
public record LockList(String revision, List<LockSummary> locks) {

	public LockList {
		locks = List.copyOf(locks);
	}

}
