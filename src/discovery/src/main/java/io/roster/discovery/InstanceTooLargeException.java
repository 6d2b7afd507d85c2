package io.roster.discovery;

/**
 * What an instance says about itself takes more bytes than a znode of it may have. The
 * message gives both numbers.
 */
public final class InstanceTooLargeException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	InstanceTooLargeException(String message) {
		super(message);
	}

}
