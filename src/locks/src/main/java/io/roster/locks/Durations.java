package io.roster.locks;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Durations as CONTRACT writes them.
 */
final class Durations {

	private Durations() {
	}

	/**
	 * Writes a duration.
	 * @param duration a duration
	 * @return {@code 30s}, or {@code 1500ms} where it is no whole number of seconds
	 */
	static String text(Duration duration) {
		long millis = duration.toMillis();
		return String.format(Locale.ROOT, (millis % 1000 == 0) ? "%ds" : "%dms",
				(millis % 1000 == 0) ? millis / 1000 : millis);
	}

	/**
	 * The rest of a time in whole milliseconds.
	 * @param nanos nanoseconds, perhaps below zero
	 * @return milliseconds, rounded down, 0 at least
	 */
	static long restMillis(long nanos) {
		return TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos));
	}

}
