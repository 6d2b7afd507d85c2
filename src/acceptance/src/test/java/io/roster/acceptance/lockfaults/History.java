package io.roster.acceptance.lockfaults;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes down the events of a run. Safe for use by many threads.
 */
final class History {

	private final Queue<Event> events = new ConcurrentLinkedQueue<>();

	private final AtomicInteger acquisitions = new AtomicInteger();

	/**
	 * Begins an acquisition.
	 * @return its number
	 */
	int called(String client, Aim aim, Duration patience, Duration bound) {
		int acquisition = this.acquisitions.incrementAndGet();
		add(new Event.Called(acquisition, client, aim, patience, bound, System.nanoTime()));
		return acquisition;
	}

	void add(Event event) {
		this.events.add(event);
	}

	/** A copy, in the order in which they were taken down. */
	List<Event> events() {
		return List.copyOf(this.events);
	}

}
