package io.roster.discovery;

/**
 * A name that no service can have. The message says what is wrong with it.
 */
public final class InvalidServiceNameException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	InvalidServiceNameException(String message) {
		super(message);
	}

	InvalidServiceNameException(String message, Throwable cause) {
		super(message, cause);
	}

}
