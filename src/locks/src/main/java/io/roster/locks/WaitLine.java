package io.roster.locks;

import java.util.List;

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
