package io.roster.discovery;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How old the lists may be. Of any thread.
 */
final class Freshness {

	private final List<Source> sources;

	private final BooleanSupplier complete;

	private final LongSupplier ticker;

	private final boolean remembers;

	/** When what is remembered was true, on the ticker. */
	private final long asOf;

	/**
	 * Begins to look.
	 * @param sources the mirrors, that of the sequential layout first
	 * @param complete whether they have been read
	 * @param ticker nanoseconds of a monotonic clock
	 * @param remembered how old the lists from the file are, negative if there are none
	 */
	Freshness(List<Source> sources, BooleanSupplier complete, LongSupplier ticker, Duration remembered) {
		this.sources = sources;
		this.complete = complete;
		this.ticker = ticker;
		this.remembers = !remembered.isNegative();
		this.asOf = ticker.getAsLong() - remembered.toNanos();
	}

	boolean stale() {
		if (this.remembers && !this.complete.getAsBoolean()) {
			return true;
		}
		for (Source each : this.sources) {
			if (counts(each) && each.mirror().stale()) {
				return true;
			}
		}
		return false;
	}

	Duration age() {
		if (this.remembers && !this.complete.getAsBoolean()) {
			return Duration.ofNanos(Math.max(0, this.ticker.getAsLong() - this.asOf));
		}
		Duration oldest = Duration.ZERO;
		for (Source each : this.sources) {
			if (counts(each)) {
				Duration age = each.mirror().age();
				oldest = (age.compareTo(oldest) > 0) ? age : oldest;
			}
		}
		return oldest;
	}

	/** A layout that could never be read does not make the other one old. */
	private boolean counts(Source source) {
		return source.read() || source == this.sources.get(0);
	}

}
