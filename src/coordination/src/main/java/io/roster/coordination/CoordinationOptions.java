package io.roster.coordination;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * How a {@link Coordination} measures time, and who it is to the ensemble.
 *
 * @param ticker nanoseconds of a monotonic clock, for the age of mirrors and for the
 * pauses between attempts
 * @param heartbeat how long a mirror may hear nothing before it asks; a mirror that got
 * no answer for three heartbeats is stale
 * @param access who this process is, and who may use the znodes that it creates
 */
public record CoordinationOptions(LongSupplier ticker, Duration heartbeat, ZnodeAccess access) {

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
	 * How time is measured, for an ensemble that is open to everybody.
	 * @param ticker nanoseconds of a monotonic clock
	 * @param heartbeat how long a mirror may hear nothing before it asks
	 */
	public CoordinationOptions(LongSupplier ticker, Duration heartbeat) {
		this(ticker, heartbeat, ZnodeAccess.open());
	}

	/**
	 * The JVM's monotonic clock and a heartbeat of one second, without credentials.
	 * @return the options
	 */
	public static CoordinationOptions defaults() {
		return new CoordinationOptions(System::nanoTime, Duration.ofSeconds(1));
	}

	/**
	 * The same with credentials.
	 * @param access who this process is, and who may use the znodes that it creates
	 * @return the options
	 */
	public CoordinationOptions withAccess(ZnodeAccess access) {
		return new CoordinationOptions(this.ticker, this.heartbeat, access);
	}

}
