package io.roster.acceptance.lockfaults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.roster.acceptance.lockfaults.Violation.Rule;

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
		new Exclusion(checker.acquisitions.values(), checker::report).check();
		checker.checkWrites();
		checker.checkEnds();
		checker.checkTokens();
		checker.checkWholes();
		new QueueOrder(checker.acquisitions, places, checker::report).check();
		checker.checkRemains();
		return checker.violations;
	}

	/** The transaction that a token names. */
	static long transaction(long token) {
		return token & TRANSACTION;
	}

	private void checkWrites() {
		Map<String, Event.Granted> last = new HashMap<>();
		for (Event event : this.events) {
			if (event instanceof Event.Accepted accepted) {
				Acquisition writer = acquisition(accepted);
				Event.Granted grant = writer.granted;
				if (grant == null) {
					report(Rule.NO_STALE_WRITE, accepted.lock(), "%s wrote and held nothing", writer);
					continue;
				}
				Event.Granted before = last.put(accepted.lock(), grant);
				if (before != null && before.token() > grant.token()) {
					report(Rule.NO_STALE_WRITE, accepted.lock(), "%s wrote after token %d", writer, before.token());
				}
			}
			else if (event instanceof Event.Refused refused && refused.held()) {
				report(Rule.HOLDERS_WRITE, refused.lock(), "%s held the lock and was refused", acquisition(refused));
			}
		}
	}

	private void checkEnds() {
		for (Acquisition each : this.acquisitions.values()) {
			Long end = each.endedAt();
			String aim = each.aim().toString();
			if (end == null) {
				report(Rule.ACQUIRES_END, aim, "%s never ended", each);
			}
			else if (end - each.called.at() > each.called.bound().toNanos()) {
				report(Rule.ACQUIRES_END, aim, "%s took longer than %s", each, each.called.bound());
			}
			if (each.ended != null && each.ended.outcome() == Event.Outcome.UNEXPECTED) {
				report(Rule.EXPECTED_ANSWERS, aim, "%s", each);
			}
		}
	}

	/** A token names the transaction in which each lock was queued for. */
	private void checkTokens() {
		Map<Integer, List<Place>> byAcquisition = this.places.stream()
			.collect(Collectors.groupingBy(Place::acquisition));
		for (Acquisition each : this.acquisitions.values()) {
			Event.Granted granted = each.granted;
			if (granted != null && !this.places.isEmpty()) {
				List<Place> own = byAcquisition.getOrDefault(each.number(), List.of());
				each.locks()
					.stream()
					.filter((lock) -> own.stream()
						.noneMatch((place) -> place.lock().equals(lock) && granted.lease().equals(place.lease())
								&& place.created() == transaction(granted.token())))
					.forEach((lock) -> report(Rule.TOKEN_OF_ITS_PLACE, lock, "%s has %s", each, own));
			}
		}
	}

	/** Several locks are queued for in one transaction, which is in all of the queues. */
	private void checkWholes() {
		Map<Integer, Map<Long, Set<String>>> queuedFor = this.places.stream()
			.collect(Collectors.groupingBy(Place::acquisition, Collectors.groupingBy(Place::created,
					Collectors.mapping(Place::lock, Collectors.toCollection(TreeSet::new)))));
		for (Acquisition each : this.acquisitions.values()) {
			Set<String> wanted = new TreeSet<>(each.locks());
			queuedFor.getOrDefault(each.number(), Map.of()).forEach((created, locks) -> {
				if (!locks.equals(wanted)) {
					report(Rule.ALL_OR_NONE, each.aim().toString(), "%s queued for %s in transaction %d", each, locks,
							created);
				}
			});
		}
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

	/** Takes down what was broken. */
	interface Report {

		void broken(Rule rule, String lock, String what, Object... values);

	}

}
