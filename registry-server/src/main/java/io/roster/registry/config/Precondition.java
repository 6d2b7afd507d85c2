package io.roster.registry.config;

import io.roster.registry.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * On which version a change was decided (RFC 9110, sections 13.1.1 and 13.1.2).
 *
 * @param version the version, {@link #ANY} or {@link #NONE}; {@code null} without
 * condition
 */
record Precondition(@Nullable String version) {

	/** Whatever stands there, but something. */
	static final String ANY = "*";

	/** Nothing stands there. */
	static final String NONE = "";

	static Precondition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
		if (ifNoneMatch != null) {
			if (ifMatch != null || !ifNoneMatch.strip().equals(ANY)) {
				throw new InvalidRequestException("If-None-Match",
						"If-None-Match is *, which creates only, and goes without If-Match.");
			}
			return new Precondition(NONE);
		}
		if (ifMatch == null) {
			return new Precondition(null);
		}
		String tag = ifMatch.strip();
		String version = tag.matches("\".*\"") ? tag.substring(1, tag.length() - 1) : tag;
		if (!version.equals(ANY) && !version.matches("\\d{1,19}")) {
			throw new InvalidRequestException("If-Match",
					"If-Match is a property's version, such as \"4294967311\", and not " + tag + ".");
		}
		return new Precondition(version);
	}

	/**
	 * Checks it.
	 * @param current the version that stands there, {@code null} for none
	 */
	boolean holds(@Nullable String current) {
		if (this.version == null) {
			return true;
		}
		return switch (this.version) {
			case NONE -> current == null;
			case ANY -> current != null;
			default -> this.version.equals(current);
		};
	}

}
