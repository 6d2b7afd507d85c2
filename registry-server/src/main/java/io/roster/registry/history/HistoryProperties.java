package io.roster.registry.history;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much of the history is kept.
 *
 * @param maxEvents how many events, in memory and in the ensemble
 * @param retention how long an event is kept at most
 */
@ConfigurationProperties("roster.history")
public record HistoryProperties(@DefaultValue("10000") int maxEvents, @DefaultValue("24h") Duration retention) {

	private static final int MOST = 1_000_000;

	/**
	 * Checks the values.
	 */
	public HistoryProperties {
		if (maxEvents < 1 || maxEvents > MOST) {
			throw new IllegalArgumentException(
					"roster.history.max-events must be from 1 to " + MOST + ", but is " + maxEvents);
		}
		if (retention.isNegative() || retention.isZero()) {
			throw new IllegalArgumentException("roster.history.retention must be positive, but is " + retention);
		}
	}

}
