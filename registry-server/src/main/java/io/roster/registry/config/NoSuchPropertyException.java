package io.roster.registry.config;

/**
 * There is no such property.
 */
final class NoSuchPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	NoSuchPropertyException(PropertyKey key) {
		super(key + " is not there.");
	}

}
