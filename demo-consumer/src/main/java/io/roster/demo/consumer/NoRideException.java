package io.roster.demo.consumer;

/** No instance of bikesvc has answered. */
final class NoRideException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	NoRideException(Throwable cause) {
		super("No instance of bikesvc has answered: " + cause.getMessage(), cause);
	}

}
