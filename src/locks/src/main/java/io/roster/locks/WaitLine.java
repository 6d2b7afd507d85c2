package io.roster.locks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One lock's queue as the search for deadlocks sees it.
 *
 * @param lock the name of the lock
 * @param permits how many places hold it together, where they do not share it
 * @param places the places in their order
 */
record WaitLine(String lock, int permits, List<Spot> places) {

	/**
	 * The same where whoever waits behind a place of its own is another thread of that
	 * name: each on its own, and not known. It is so in every program whose threads share
	 * a name and compete for one lock, which is no deadlock.
	 * @return the queue with them
	 */
	WaitLine ofThreads() {
		Set<Owner> before = new HashSet<>();
		List<Spot> spots = new ArrayList<>();
		int exclusives = 0;
		for (Spot spot : this.places) {
			boolean waits = (spot.shared ? exclusives : spots.size()) >= this.permits;
			boolean again = spot.owner != null && !before.add(spot.owner);
			spots.add((waits && again) ? new Spot(null, spot.shared) : spot);
			exclusives += spot.shared ? 0 : 1;
		}
		return new WaitLine(this.lock, this.permits, spots);
	}

	/**
	 * Somebody who takes locks one after the other. Two principals may use one name.
	 *
	 * @param name the owner that requests name
	 * @param principal who asks in that name
	 */
	record Owner(String name, @Nullable String principal) {
	}

	/**
	 * A place.
	 *
	 * @param owner who stands there; {@code null} for somebody who is not known, and so
	 * stands in no other queue
	 * @param shared whether it shares the lock with its like
	 */
	record Spot(@Nullable Owner owner, boolean shared) {
	}

}
