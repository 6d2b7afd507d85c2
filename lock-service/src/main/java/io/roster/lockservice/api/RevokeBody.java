package io.roster.lockservice.api;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of a revocation.
 */
@Schema(name = "Revoke", description = "Why a lease is revoked.")
record RevokeBody(@Schema(description = "Told to the holder, and kept in the audit trail.",
		example = "the host of billing-1 is replaced",
		requiredMode = Schema.RequiredMode.REQUIRED) @Nullable String reason) {

	String checkedReason() {
		return Reasons.check(this.reason);
	}

}
