package io.roster.locks;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Somebody's claim to a lease: which one, and in whose name. A lease belongs to the
 * principal that made it, and nobody else may renew it, look at it or give it back.
 *
 * @param lock the name of the lock
 * @param lease the id of the lease
 * @param principal who asks, as the caller has proved; {@code null} or empty for nobody
 * in particular, who may do so with leases that were made by nobody in particular
 */
public record Claim(String lock, UUID lease, @Nullable String principal) {

	public Claim {
		principal = normal(principal);
	}

	/** Nobody has one form only. */
	static @Nullable String normal(@Nullable String principal) {
		return (principal == null || principal.isEmpty()) ? null : principal;
	}

	/**
	 * Whether what belongs to one principal is closed to another. What belongs to nobody
	 * is anyone's: the leases of a service without credentials, and those of before.
	 * @param owner to whom it belongs
	 * @param principal who asks
	 * @return whether to refuse
	 */
	static boolean isStranger(@Nullable String owner, @Nullable String principal) {
		return owner != null && !owner.equals(principal);
	}

}
