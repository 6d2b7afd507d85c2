package io.roster.locks;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Somebody's claim to a lease of several locks.
 *
 * @param lease the id of the lease
 * @param principal who asks, as for a {@link Claim}
 */
public record MultiClaim(UUID lease, @Nullable String principal) {

	public MultiClaim {
		principal = Claim.normal(principal);
	}

}
