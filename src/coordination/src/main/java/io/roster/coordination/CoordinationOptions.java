package io.roster.coordination;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * How a {@link Coordination} measures time.
 *
 * @param ticker nanoseconds of a monotonic clock, for the age of mirrors and for the
 * pauses between attempts
 * @param heartbeat how long a mirror may hear nothing before it asks; a mirror that got
 * no answer for three heartbeats is stale
 */
public record CoordinationOptions(LongSupplier ticker, Duration heartbeat) {

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if the heartbeat is not positive
	 */
	public CoordinationOptions {
		Objects.requireNonNull(ticker);
		if (heartbeat.isNegative() || heartbeat.isZero()) {
			throw new IllegalArgumentException("The heartbeat must be longer than zero, and is " + heartbeat);
		}
	}

	/**
	 * The JVM's monotonic clock and a heartbeat of one second.
	 * @return the options
	 */
	public static CoordinationOptions defaults() {
		return new CoordinationOptions(System::nanoTime, Duration.ofSeconds(1));
	}

}
