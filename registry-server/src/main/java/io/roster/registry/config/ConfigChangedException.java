package io.roster.registry.config;

import org.jspecify.annotations.Nullable;

/**
 * A change was decided on a version that stands there no more.
 */
final class ConfigChangedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ConfigChangedException(PropertyKey key, @Nullable String version) {
		super("%s %s.".formatted(key, (version != null) ? "has version " + version + " by now" : "is not there"));
	}

}
