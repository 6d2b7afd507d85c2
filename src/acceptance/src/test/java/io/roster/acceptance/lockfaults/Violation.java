package io.roster.acceptance.lockfaults;

/**
 * A rule that was broken.
 *
 * @param rule which one
 * @param lock at which lock
 * @param what by whom, and how
 */
record Violation(Rule rule, String lock, String what) {

	/** What must be true of every run. */
	enum Rule {

		/**
		 * No two clients hold a lock at once, by their own deadlines.
		 */
		ONE_HOLDER,

		/** Tokens grow from each holder to the next. */
		TOKENS_GROW,

		/** A token is the transaction that created the place of its lease. */
		TOKEN_OF_ITS_PLACE,

		/** The resource accepts no write with a token older than one it has seen. */
		NO_STALE_WRITE,

		/** The resource refuses nobody who holds the lock. */
		HOLDERS_WRITE,

		/** Every acquire ends within its bound. */
		ACQUIRES_END,

		/** The service answers as it is described. */
		EXPECTED_ANSWERS,

		/**
		 * Whoever took a place before another is granted before it, unless it has left.
		 */
		IN_ORDER,

		/** Queues are empty in the end. */
		NOTHING_LEFT

	}

}
