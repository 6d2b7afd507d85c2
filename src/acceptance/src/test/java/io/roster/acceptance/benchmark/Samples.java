package io.roster.acceptance.benchmark;

import java.util.Arrays;
import java.util.Locale;

/**
 * Durations that were measured, in nanoseconds.
 */
final class Samples {

	private long[] nanos = new long[64];

	private int count;

	synchronized void add(long duration) {
		if (this.count == this.nanos.length) {
			this.nanos = Arrays.copyOf(this.nanos, 2 * this.count);
		}
		this.nanos[this.count++] = duration;
	}

	synchronized int count() {
		return this.count;
	}

	/**
	 * A percentile, by the nearest rank.
	 * @param percent from 0 (the least) to 100 (the greatest)
	 * @return milliseconds, {@code NaN} where nothing was measured
	 */
	synchronized double millis(double percent) {
		if (this.count == 0) {
			return Double.NaN;
		}
		long[] sorted = Arrays.copyOf(this.nanos, this.count);
		Arrays.sort(sorted);
		int rank = (int) Math.ceil(percent / 100 * this.count);
		return sorted[Math.max(0, rank - 1)] / 1e6;
	}

	double median() {
		return millis(50);
	}

	@Override
	public String toString() {
		return text(median()) + ", " + text(millis(99)) + " (" + count() + ")";
	}

	private static String text(double millis) {
		if (millis >= 2_000) {
			return String.format(Locale.ROOT, "%.1f s", millis / 1000);
		}
		String digits = (millis < 10) ? "%.2f ms" : (millis < 100) ? "%.1f ms" : "%,.0f ms";
		return String.format(Locale.ROOT, digits, millis);
	}

}
