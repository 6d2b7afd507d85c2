package io.roster.demo.bikesvc;

/** There is no such bike, or no such rental of it. */
final class UnknownBikeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnknownBikeException(String message) {
		super(message);
	}

}
