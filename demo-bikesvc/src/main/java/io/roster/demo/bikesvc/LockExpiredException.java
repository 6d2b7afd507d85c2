package io.roster.demo.bikesvc;

/** The lock was held for longer than its lease, so that nothing was written under it. */
final class LockExpiredException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	LockExpiredException(String lock) {
		super("Lock " + lock + " expired before the bike was rented, and nothing was written. Try again.");
	}

}
