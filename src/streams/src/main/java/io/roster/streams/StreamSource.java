package io.roster.streams;

import java.util.function.Consumer;

import io.roster.coordination.Subscription;

/**
 * What a stream tells its reader.
 */
public interface StreamSource {

	/**
	 * Begins to tell. Events may come before this returns, and on any thread, one at a
	 * time.
	 * @param events takes them, and never blocks
	 * @return ends it
	 */
	Subscription subscribe(Consumer<StreamEvent> events);

	/**
	 * What is said now and then while nothing happens.
	 * @return an event without an id
	 */
	StreamEvent heartbeat();

}
