package io.roster.acceptance.lockfaults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.roster.acceptance.lockfaults.Checker.Report;
import io.roster.acceptance.lockfaults.Event.Outcome;
import io.roster.acceptance.lockfaults.Violation.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Whoever was granted a lock while somebody stood in front who does not hold it beside
 * others has left a queue in which that one still stood. No clock is needed to see it.
 * Somebody who had sent its release when the other one was granted has left, even if the
 * release was carried out later, and so may have somebody who had given up.
 */
final class QueueOrder {

	private final Map<Integer, Acquisition> acquisitions;

	private final Collection<List<Place>> queues;

	private final Report report;

	QueueOrder(Map<Integer, Acquisition> acquisitions, List<Place> places, Report report) {
		this.acquisitions = acquisitions;
		this.queues = places.stream().collect(Collectors.groupingBy(Place::lock)).values();
		this.report = report;
	}

	void check() {
		for (List<Place> queue : this.queues) {
			queue.sort(Comparator.comparingLong(Place::created));
			List<Place> inFront = new ArrayList<>();
			for (Place place : queue) {
				inFront.removeIf((front) -> front.deleted() < place.created());
				Acquisition holder = holder(place);
				if (holder != null) {
					check(place, holder, inFront);
				}
				inFront.add(place);
			}
		}
	}

	private void check(Place place, Acquisition holder, List<Place> inFront) {
		List<Place> overtaken = inFront.stream()
			.filter((front) -> front.deleted() > place.deleted() && !(front.shared() && place.shared()))
			.filter((front) -> !mayHaveLeft(this.acquisitions.get(front.acquisition()), holder))
			.toList();
		if (overtaken.size() >= Fleet.permits(place.lock())) {
			this.report.broken(Rule.IN_ORDER, place.lock(), "%s was granted in %s behind %s", holder, place, overtaken);
		}
	}

	/** Whose lock it was, if this place gave it one. */
	private @Nullable Acquisition holder(Place place) {
		Acquisition acquisition = this.acquisitions.get(place.acquisition());
		boolean granted = acquisition != null && acquisition.granted != null
				&& Checker.transaction(acquisition.granted.token()) == place.created();
		return granted ? acquisition : null;
	}

	private static boolean mayHaveLeft(@Nullable Acquisition front, Acquisition holder) {
		if (front == null) {
			return false;
		}
		long granted = Objects.requireNonNull(holder.granted).at();
		boolean failed = front.ended != null && front.ended.outcome() != Outcome.NOT_FREE;
		boolean gaveUp = front.granted == null && (failed || front.waitEnd() < granted);
		return gaveUp || front.releaseSent() < granted;
	}

}
