package io.roster.demo.bikesvc;

import java.time.Duration;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * The body of {@code POST /bikes/{id}/rentals}.
 *
 * @param rider who rents, 1 to 60 characters
 * @param waitTime how long to wait for the bike's lock, such as {@code "10s"}; 10 s by
 * default
 * @param hold how long to keep the lock before the bike is rented, so that a demo can
 * show others waiting; not at all by default
 * @param pause how long to act as a process that is paused just before it writes, and
 * cannot renew its lock; not at all by default
 */
record RentalRequest(@Nullable String rider, @JsonProperty("wait") @Nullable String waitTime, @Nullable String hold,
		@Nullable String pause) {

	private static final int LONGEST_RIDER = 60;

	private static final Duration DEFAULT_WAIT = Duration.ofSeconds(10);

	/** The rider, as long as one is named. */
	String checkedRider() {
		if (this.rider == null || this.rider.isBlank() || this.rider.length() > LONGEST_RIDER) {
			throw new InvalidRequestException("rider", "rider must have 1 to " + LONGEST_RIDER + " characters.");
		}
		return this.rider.strip();
	}

	RentalTimes checkedTimes(BikesvcProperties limits) {
		return new RentalTimes(duration("wait", this.waitTime, DEFAULT_WAIT, limits.maxWait()),
				duration("hold", this.hold, Duration.ZERO, limits.maxHold()),
				duration("pause", this.pause, Duration.ZERO, limits.maxHold()));
	}

	private static Duration duration(String field, @Nullable String text, Duration otherwise, Duration longest) {
		if (text == null) {
			return otherwise;
		}
		Duration parsed = parse(text.toLowerCase(Locale.ROOT));
		if (parsed == null || parsed.isNegative() || parsed.compareTo(longest) > 0) {
			throw new InvalidRequestException(field,
					"%s must be a time such as \"5s\", from \"0s\" to \"%ds\", not \"%s\".".formatted(field,
							longest.toSeconds(), text));
		}
		return parsed;
	}

	private static @Nullable Duration parse(String text) {
		try {
			return DurationStyle.detectAndParse(text);
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			return null;
		}
	}

}
