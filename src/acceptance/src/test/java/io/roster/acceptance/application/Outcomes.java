package io.roster.acceptance.application;

import java.util.List;
import java.util.Map;

/**
 * What became of the requests of one load.
 *
 * @param sent requests begun
 * @param inFlight those of them without an outcome yet
 * @param servedBy answers by instance
 * @param failures those that ended without an answer of 2xx
 */
public record Outcomes(long sent, long inFlight, Map<String, Long> servedBy, List<Failure> failures) {

	/**
	 * Requests that were answered.
	 * @return how many
	 */
	public long answered() {
		return this.servedBy.values().stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * A failed request.
	 *
	 * @param method its method
	 * @param startedAt when it was begun, in milliseconds of the machine's clock
	 * @param endedAt when it failed
	 * @param error the exception and its causes
	 */
	public record Failure(String method, long startedAt, long endedAt, String error) {
	}

}
