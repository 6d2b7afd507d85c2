package io.roster.coordination;

/**
 * Follows a {@link Mirror}. Called on the event thread of the ZooKeeper handle, in order,
 * one call at a time: it must neither block nor do I/O. (Two calls may come on another
 * thread: the first, see {@link Mirror#subscribe}, and a {@link MirrorEvent.Disconnected}
 * when the client has replaced its handle.) An exception is logged and does not reach
 * other listeners.
 */
@FunctionalInterface
public interface MirrorListener {

	/**
	 * Takes the next event.
	 * @param event the event
	 */
	void onEvent(MirrorEvent event);

}
