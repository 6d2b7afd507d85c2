package io.roster.discovery;

/**
 * Is told when a {@link Directory} becomes stale and when it is fresh again. Called in
 * order, one call at a time, on a thread of the directory, on the ensemble's event thread
 * or on the thread that subscribes: it must neither block nor do I/O. An exception is
 * logged and does not reach other listeners.
 */
@FunctionalInterface
public interface StalenessListener {

	/**
	 * Takes the next turn.
	 * @param stale whether the lists may be behind, because the ensemble is away
	 */
	void onStaleness(boolean stale);

}
