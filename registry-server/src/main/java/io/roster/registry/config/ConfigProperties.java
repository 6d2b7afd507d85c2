package io.roster.registry.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the configuration of applications.
 *
 * @param maxValueSize the most that a value may have, as UTF-8
 * @param versions how many versions of each value are kept, the one that stands included
 */
@ConfigurationProperties("roster.config")
record ConfigProperties(@DefaultValue("64KB") DataSize maxValueSize, @DefaultValue("20") int versions) {

	/** Two of them, with names and the rest, fit into one transaction. */
	private static final DataSize MOST = DataSize.ofKilobytes(256);

	ConfigProperties {
		if (maxValueSize.toBytes() < 1 || maxValueSize.compareTo(MOST) > 0) {
			throw new IllegalArgumentException(
					"roster.config.max-value-size must be from 1B to " + MOST + ", but is " + maxValueSize);
		}
		if (versions < 1) {
			throw new IllegalArgumentException("roster.config.versions must be at least 1, but is " + versions);
		}
	}

}
