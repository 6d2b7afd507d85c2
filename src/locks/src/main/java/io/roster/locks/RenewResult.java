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
	 * An operator has revoked the lease: its holder stops. It is not renewed any more.
	 *
	 * @param reason what the operator said
	 */
	record Revoked(String reason) implements RenewResult {
	}

	/**
	 * The lease is surely gone: released, expired or removed.
	 */
	record Gone() implements RenewResult {
	}

	/**
	 * The lease belongs to another principal. Nothing was changed.
	 */
	record NotYours() implements RenewResult {
	}

}
