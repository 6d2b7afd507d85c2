package io.roster.coordination;

import java.util.List;

/**
 * What a {@link Mirror} tells its listeners, in the order of the ensemble's transactions.
 */
public sealed interface MirrorEvent {

	/**
	 * The snapshot that includes this event.
	 * @return an immutable snapshot
	 */
	Snapshot snapshot();

	/**
	 * The mirror was read as a whole: the first time, after every reconnect, and once for
	 * each listener that subscribes to a mirror that has been read before.
	 *
	 * @param snapshot what stands in the subtree
	 * @param changes how it differs from the snapshot before, or from an empty one for a
	 * listener that comes late: the deletions, children before their parents, then the
	 * rest, ordered by path. A node that was made again is deleted and created
	 * @param rebuilt whether the ensemble stands at an older transaction than before, so
	 * that it lost its data or was restored: timers, grants and revisions start over
	 */
	record Synced(Snapshot snapshot, List<NodeChange> changes, boolean rebuilt) implements MirrorEvent {
	}

	/**
	 * One node changed.
	 *
	 * @param snapshot the subtree with the change, and with those that were read together
	 * with it and are told next
	 * @param change the change
	 */
	record Changed(Snapshot snapshot, NodeChange change) implements MirrorEvent {
	}

	/**
	 * The connection is no longer good. The snapshot stays what it was, and is stale
	 * until the next {@link Synced}.
	 *
	 * @param snapshot the last good snapshot
	 */
	record Disconnected(Snapshot snapshot) implements MirrorEvent {
	}

}
