package io.roster.registry.problem;

import java.time.Duration;
import java.util.Locale;

import org.springframework.boot.convert.DurationStyle;

/**
 * Durations as requests and answers write them.
 */
public final class DurationText {

	private DurationText() {
	}

	/**
	 * Reads a duration such as {@code 30s}, {@code 1500ms} or {@code PT30S}.
	 * @param field the parameter or field that it is
	 * @param text what was sent
	 * @return the duration
	 * @throws InvalidRequestException if it is none; so is a number without a unit, which
	 * would be milliseconds, and nobody means that
	 */
	public static Duration parse(String field, String text) {
		if (text.matches(".*[A-Za-z]")) {
			try {
				return DurationStyle.detectAndParse(text);
			}
			catch (IllegalArgumentException | ArithmeticException ex) {
				throw noDuration(field, text);
			}
		}
		throw noDuration(field, text);
	}

	private static InvalidRequestException noDuration(String field, String text) {
		return new InvalidRequestException(field, "'" + text + "' is no duration such as 30s or PT30S.");
	}

	/**
	 * Writes a duration.
	 * @param duration a duration
	 * @return {@code 30s}, or {@code 1500ms} where it is no whole number of seconds
	 */
	public static String of(Duration duration) {
		long millis = duration.toMillis();
		return String.format(Locale.ROOT, (millis % 1000 == 0) ? "%ds" : "%dms",
				(millis % 1000 == 0) ? millis / 1000 : millis);
	}

}
