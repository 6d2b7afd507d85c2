package io.roster.locks;

/**
 * How a renewal ended.
 */
public sealed interface RenewResult {

	/**
	 * The lease lives for another TTL, counted from the call.
	 *
	 * @param lease the lease, held or waiting
	 */
	record Renewed(Lease lease) implements RenewResult {
	}

	/**
	 * The lease is surely gone: released, expired or revoked.
	 */
	record Gone() implements RenewResult {
	}

}
