package io.roster.acceptance.lockfaults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import io.roster.acceptance.lockfaults.Acquisition.Hold;
import io.roster.acceptance.lockfaults.Violation.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Looks for broken rules in what was taken down of a run. It compares times of one clock,
 * and transactions of one ensemble, and never the one with the other.
 */
final class Checker {

	/** The token's part that is the transaction; above it stands the epoch. */
	private static final long TRANSACTION = (1L << 48) - 1;

	private final List<Event> events;

	private final Map<Integer, Acquisition> acquisitions;

	private final List<Place> places;

	private final List<Violation> violations = new ArrayList<>();

	private Checker(List<Event> events, List<Place> places) {
		this.events = events;
		this.acquisitions = Acquisition.of(events);
		this.places = places;
	}

	/**
	 * Checks a run that is over.
	 * @param events what the clients saw
	 * @param places all places that there were; empty if they are not known
	 * @return what was broken
	 */
	static List<Violation> check(List<Event> events, List<Place> places) {
		Checker checker = new Checker(events, places);
		checker.checkHolds();
		checker.checkWrites();
		checker.checkEnds();
		checker.checkTokens();
		checker.checkOrder();
		checker.checkRemains();
		return checker.violations;
	}

	private void checkHolds() {
		Map<String, List<Hold>> byLock = this.acquisitions.values()
			.stream()
			.map(Acquisition::hold)
			.filter(Objects::nonNull)
			.collect(Collectors.groupingBy((hold) -> hold.acquisition().lock()));
		byLock.forEach((lock, holds) -> {
			holds.sort(Comparator.comparingLong(Hold::from));
			Hold longest = holds.get(0);
			Hold greatest = holds.get(0);
			for (Hold hold : holds.subList(1, holds.size())) {
				if (hold.from() < longest.until()) {
					report(Rule.ONE_HOLDER, lock, "%s held until %d, and %s from %d on", longest.acquisition(),
							longest.until(), hold.acquisition(), hold.from());
				}
				if (hold.token() <= greatest.token()) {
					report(Rule.TOKENS_GROW, lock, "%s, and then %s", greatest.acquisition(), hold.acquisition());
				}
				longest = (hold.until() > longest.until()) ? hold : longest;
				greatest = (hold.token() > greatest.token()) ? hold : greatest;
			}
		});
	}

	private void checkWrites() {
		Map<String, Event.Granted> last = new HashMap<>();
		for (Event event : this.events) {
			if (event instanceof Event.Accepted accepted) {
				Acquisition writer = acquisition(accepted);
				Event.Granted grant = writer.granted;
				if (grant == null) {
					report(Rule.NO_STALE_WRITE, writer.lock(), "%s wrote and held nothing", writer);
					continue;
				}
				Event.Granted before = last.put(writer.lock(), grant);
				if (before != null && before.token() > grant.token()) {
					report(Rule.NO_STALE_WRITE, writer.lock(), "%s wrote after token %d", writer, before.token());
				}
			}
			else if (event instanceof Event.Refused refused && refused.held()) {
				Acquisition writer = acquisition(refused);
				report(Rule.HOLDERS_WRITE, writer.lock(), "%s held the lock and was refused", writer);
			}
		}
	}

	private void checkEnds() {
		for (Acquisition each : this.acquisitions.values()) {
			Long end = each.endedAt();
			if (end == null) {
				report(Rule.ACQUIRES_END, each.lock(), "%s never ended", each);
			}
			else if (end - each.called.at() > each.called.bound().toNanos()) {
				report(Rule.ACQUIRES_END, each.lock(), "%s took longer than %s", each, each.called.bound());
			}
			if (each.ended != null && each.ended.outcome() == Event.Outcome.UNEXPECTED) {
				report(Rule.EXPECTED_ANSWERS, each.lock(), "%s", each);
			}
		}
	}

	private void checkTokens() {
		Map<UUID, List<Place>> byLease = this.places.stream()
			.filter((place) -> place.lease() != null)
			.collect(Collectors.groupingBy((place) -> Objects.requireNonNull(place.lease())));
		for (Acquisition each : this.acquisitions.values()) {
			if (each.granted != null && !this.places.isEmpty()) {
				long created = each.granted.token() & TRANSACTION;
				List<Place> own = byLease.getOrDefault(each.granted.lease(), List.of());
				if (own.stream().noneMatch((place) -> place.created() == created && place.lock().equals(each.lock()))) {
					report(Rule.TOKEN_OF_ITS_PLACE, each.lock(), "%s has %s", each, own);
				}
			}
		}
	}

	/**
	 * Whoever was granted a lock while somebody stood in front has left a queue in which
	 * that one still stood. No clock is needed to see it. Somebody who had sent its
	 * release when the other one was granted has left, even if the release was carried
	 * out later.
	 */
	private void checkOrder() {
		Map<Long, Acquisition> granted = this.acquisitions.values()
			.stream()
			.filter((each) -> each.granted != null)
			.collect(Collectors.toMap((each) -> Objects.requireNonNull(each.granted).token() & TRANSACTION,
					(each) -> each, (one, other) -> one));
		Collection<List<Place>> queues = this.places.stream().collect(Collectors.groupingBy(Place::lock)).values();
		for (List<Place> queue : queues) {
			queue.sort(Comparator.comparingLong(Place::created));
			List<Place> inFront = new ArrayList<>();
			for (Place place : queue) {
				inFront.removeIf((front) -> front.deleted() < place.created());
				Acquisition holder = granted.get(place.created());
				for (Place front : inFront) {
					if (holder != null && front.deleted() > place.deleted()
							&& !hadLeft(granted.get(front.created()), holder)) {
						report(Rule.IN_ORDER, place.lock(), "%s was granted in %s behind %s", holder, place, front);
					}
				}
				inFront.add(place);
			}
		}
	}

	private static boolean hadLeft(@Nullable Acquisition front, Acquisition holder) {
		return front != null && holder.granted != null && front.releaseSent() < holder.granted.at();
	}

	private void checkRemains() {
		this.places.stream()
			.filter(Place::stands)
			.forEach((place) -> report(Rule.NOTHING_LEFT, place.lock(), "%s", place));
	}

	private Acquisition acquisition(Event event) {
		return Objects.requireNonNull(this.acquisitions.get(event.acquisition()));
	}

	private void report(Rule rule, String lock, String what, Object... values) {
		this.violations.add(new Violation(rule, lock, what.formatted(values)));
	}

}
