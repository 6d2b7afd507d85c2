package io.roster.registry.history;

import java.util.List;
import java.util.function.Consumer;

import io.roster.coordination.Subscription;

/**
 * What happened to the instances lately, the same at every replica once it is written
 * down, within a second or two. Safe for use by many threads; nothing in it blocks or
 * asks the ensemble.
 */
public interface History {

	/**
	 * The newest events.
	 * @param limit how many at most
	 * @return the newest first
	 */
	List<HistoryEvent> recent(int limit);

	/**
	 * Follows the history: each event that becomes known from now on is told once. They
	 * come in the order of their revisions, but for one that only another replica has
	 * seen.
	 * @param listener called on the history's thread; it must not block
	 * @return ends the subscription when it is closed
	 */
	Subscription subscribe(Consumer<HistoryEvent> listener);

}
