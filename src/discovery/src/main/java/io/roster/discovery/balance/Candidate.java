package io.roster.discovery.balance;

import org.jspecify.annotations.Nullable;

/**
 * What the balancer must know about an instance.
 *
 * @param identity what its requests are counted under, with {@code equals} and
 * {@code hashCode}: it must tell an instance from a later one of the same name
 * @param zone where it runs, upper and lower case being alike; {@code null} if it does
 * not say
 * @param weight how large a share of the requests it wants, compared with the others: 0
 * for none, as long as there is another
 * @param suspect whether it may be gone already: one that refuses a connection is not
 * tried again while it is a suspect, unless all others refuse too
 */
public record Candidate(Object identity, @Nullable String zone, int weight, boolean suspect) {

	public Candidate {
		if (weight < 0) {
			throw new IllegalArgumentException("The weight of an instance is 0 or more, not " + weight);
		}
	}

	/**
	 * An instance of which nothing is known but itself.
	 * @param identity what its requests are counted under
	 * @return one of weight 1, without a zone
	 */
	public static Candidate of(Object identity) {
		return new Candidate(identity, null, 1, false);
	}

	boolean isIn(@Nullable String zone) {
		return zone != null && zone.equalsIgnoreCase(this.zone);
	}

}
