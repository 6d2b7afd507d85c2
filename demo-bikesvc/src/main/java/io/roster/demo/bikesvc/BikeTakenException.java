package io.roster.demo.bikesvc;

/** Somebody rides the bike. */
final class BikeTakenException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	BikeTakenException(String bike) {
		super("Bike " + bike + " is rented. Choose another one, or wait until it is given back.");
	}

}
