package io.roster.lockservice.api;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of a renewal, which may be left out.
 */
@Schema(name = "Renew", description = "What the holder knows. May be left out.")
record RenewBody(
		@Schema(description = "The token that the holder was given. A renewal that carries it is answered HELD "
				+ "as long as the lease lives.", example = "4294967311") @Nullable String fencingToken) {
}
