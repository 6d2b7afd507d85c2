package io.roster.locks;

/**
 * How a look at a lease ended.
 */
public sealed interface FindResult {

	/**
	 * It is there.
	 *
	 * @param lease the lease, held or waiting
	 */
	record Found(Lease lease) implements FindResult {
	}

	/**
	 * The lease is surely gone, or never was.
	 */
	record Gone() implements FindResult {
	}

	/**
	 * The lease belongs to another principal.
	 */
	record NotYours() implements FindResult {
	}

}
