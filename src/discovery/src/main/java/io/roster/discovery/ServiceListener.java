package io.roster.discovery;

/**
 * Follows services of a {@link Directory}. Called in order, one call at a time, on the
 * ensemble's event thread or on the thread that subscribes: it must neither block nor do
 * I/O. An exception is logged and does not reach other listeners.
 */
@FunctionalInterface
public interface ServiceListener {

	/**
	 * Takes the next event.
	 * @param event the event
	 */
	void onEvent(ServiceEvent event);

}
