package io.roster.discovery.balance;

import java.time.Duration;

/**
 * How long an instance that refused a connection is passed over: a second, doubled at
 * each further refusal in a row, half a minute at most. It must bridge the time until a
 * dead instance's session has run out (10 s by default), and give one that restarts in
 * place its share again soon.
 */
final class PassingOver {

	private static final Duration FIRST = Duration.ofSeconds(1);

	private static final Duration LONGEST = Duration.ofSeconds(30);

	private PassingOver() {
	}

	static Duration afterRefusals(int inARow) {
		Duration doubled = FIRST.multipliedBy(1L << Math.min(inARow - 1, 5));
		return (doubled.compareTo(LONGEST) < 0) ? doubled : LONGEST;
	}

}
