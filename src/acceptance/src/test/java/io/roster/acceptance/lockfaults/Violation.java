package io.roster.acceptance.lockfaults;

/**
 * A rule that was broken.
 *
 * @param rule which one
 * @param lock at which lock, or what was wanted
 * @param what by whom, and how
 */
record Violation(Rule rule, String lock, String what) {

	/** What must be true of every run. */
	enum Rule {

		/**
		 * No two clients hold a lock at once, by their own deadlines, unless both share
		 * it.
		 */
		ONE_HOLDER,

		/** No more clients hold a semaphore at once than it has permits. */
		WITHIN_PERMITS,

		/** Tokens grow from each exclusive holder to the next. */
		TOKENS_GROW,

		/** Whoever holds a lock beside others has a token of its own. */
		TOKENS_DIFFER,

		/** A token is the transaction that created the place, or places, of its lease. */
		TOKEN_OF_ITS_PLACE,

		/**
		 * Several locks at once are queued for in one transaction, and never a part of
		 * them.
		 */
		ALL_OR_NONE,

		/** The resource accepts no write with a token older than one it has seen. */
		NO_STALE_WRITE,

		/** The resource refuses nobody who holds the lock. */
		HOLDERS_WRITE,

		/** Every acquire ends within its bound. */
		ACQUIRES_END,

		/** The service answers as it is described. */
		EXPECTED_ANSWERS,

		/**
		 * Whoever took a place before another is granted before it, unless it has left,
		 * or both hold side by side.
		 */
		IN_ORDER,

		/** Queues are empty in the end. */
		NOTHING_LEFT

	}

}
