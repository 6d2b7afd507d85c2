package io.roster.lockservice.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Pattern;

import io.roster.lockservice.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * Durations as this API takes them: {@code 30s}, {@code 1500ms}, {@code 5m}, {@code 24h},
 * {@code 1d} or ISO-8601 such as {@code PT30S}. A number without a unit is refused,
 * because every reader takes it for another one.
 */
final class Durations {

	private static final Pattern SIMPLE = Pattern.compile("[+-]?\\d{1,18}(ns|us|ms|s|m|h|d)", Pattern.CASE_INSENSITIVE);

	private Durations() {
	}

	static Duration parse(String field, @Nullable String text, Duration absent) {
		if (text == null) {
			return absent;
		}
		try {
			return SIMPLE.matcher(text).matches() ? DurationStyle.SIMPLE.parse(text) : Duration.parse(text);
		}
		catch (DateTimeException | ArithmeticException | IllegalArgumentException ex) {
			throw new InvalidRequestException(field,
					"%s is a duration with a unit, such as 30s, 500ms, 5m or PT30S, and not '%s'.".formatted(field,
							text));
		}
	}

}
