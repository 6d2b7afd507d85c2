package io.roster.acceptance.lockfaults;

import java.util.List;

import io.roster.acceptance.lockfaults.Event.Outcome;

/**
 * What a run has tried.
 *
 * @param acquires how many acquires began
 * @param granted how many gave the lock
 * @param notFree how many ended because the lock was not free in time
 * @param failed how many ended with an error
 * @param accepted how many writes the resources accepted
 * @param stale how many writes they refused
 * @param places how many places there were in queues
 */
record Summary(int acquires, int granted, int notFree, int failed, int accepted, int stale, int places) {

	static Summary of(List<Event> events, List<Place> places) {
		return new Summary(count(events, Event.Called.class), count(events, Event.Granted.class),
				count(events, Outcome.NOT_FREE), count(events, Outcome.FAILED), count(events, Event.Accepted.class),
				count(events, Event.Refused.class), places.size());
	}

	private static int count(List<Event> events, Class<? extends Event> kind) {
		return (int) events.stream().filter(kind::isInstance).count();
	}

	private static int count(List<Event> events, Outcome outcome) {
		return (int) events.stream()
			.filter((event) -> event instanceof Event.Ended ended && ended.outcome() == outcome)
			.count();
	}

}
