package io.roster.registry.ensemble;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the look at the ensemble.
 *
 * @param surveyInterval the pause between two looks at all members, by which elections
 * are noticed
 * @param elections how many elections are kept, the latest
 */
@ConfigurationProperties("roster.ensemble")
record EnsembleProperties(@DefaultValue("2s") Duration surveyInterval, @DefaultValue("100") int elections) {

	EnsembleProperties {
		if (surveyInterval.toMillis() < 100) {
			throw new IllegalArgumentException("roster.ensemble.survey-interval must be at least 100ms, but is "
					+ surveyInterval.toMillis() + "ms");
		}
		if (elections < 1) {
			throw new IllegalArgumentException("roster.ensemble.elections must be at least 1, but is " + elections);
		}
	}

}
