package io.roster.demo.bikesvc;

import java.time.Duration;

/**
 * How long a rental takes, so that a demo can show it.
 *
 * @param maxWait how long to wait for the bike's lock
 * @param hold how long to keep the lock, renewed, before the bike is rented
 * @param pause how long to do nothing between the last look at the lock and the write, as
 * a process does that is paused: its lock is not renewed
 */
record RentalTimes(Duration maxWait, Duration hold, Duration pause) {

	boolean isPaused() {
		return !this.pause.isZero();
	}

}
