package io.roster.ensemble;

import java.time.Duration;

/**
 * The times of a member. All members of an ensemble must have the same.
 *
 * @param tickTime the unit of the other ones: heartbeats, and how exactly sessions expire
 * @param initLimit ticks that a follower has for connecting to the leader and catching up
 * @param syncLimit ticks that a follower may lag behind before it is dropped
 * @param minSessionTimeout the shortest session that a client can get
 * @param maxSessionTimeout the longest session that a client can get
 */
public record MemberTiming(Duration tickTime, int initLimit, int syncLimit, Duration minSessionTimeout,
		Duration maxSessionTimeout) {

	/** The tutorial's, which are those of ZooKeeper's sample configuration. */
	public static final MemberTiming DEFAULTS = ofTicks(Duration.ofSeconds(2), 10, 5);

	public MemberTiming {
		requirePositive("tickTime", tickTime);
		requirePositive("minSessionTimeout", minSessionTimeout);
		requirePositive("maxSessionTimeout", maxSessionTimeout);
		if (initLimit < 1) {
			throw new IllegalArgumentException("initLimit must be at least 1 tick, but is " + initLimit);
		}
		if (syncLimit < 1) {
			throw new IllegalArgumentException("syncLimit must be at least 1 tick, but is " + syncLimit);
		}
		if (minSessionTimeout.compareTo(maxSessionTimeout) > 0) {
			throw new IllegalArgumentException(
					"minSessionTimeout must not be longer than maxSessionTimeout, but they are "
							+ minSessionTimeout.toMillis() + " ms and " + maxSessionTimeout.toMillis() + " ms");
		}
	}

	/**
	 * Sessions of 2 to 20 ticks, ZooKeeper's own rule.
	 * @param tickTime the length of a tick
	 * @param initLimit in ticks
	 * @param syncLimit in ticks
	 * @return the times
	 */
	public static MemberTiming ofTicks(Duration tickTime, int initLimit, int syncLimit) {
		return new MemberTiming(tickTime, initLimit, syncLimit, tickTime.multipliedBy(2), tickTime.multipliedBy(20));
	}

	private static void requirePositive(String name, Duration time) {
		if (time.toMillis() < 1 || time.toMillis() > Integer.MAX_VALUE) {
			throw new IllegalArgumentException(
					name + " must be from 1 ms to " + Integer.MAX_VALUE + " ms, but is " + time.toMillis() + " ms");
		}
	}

}
