package io.roster.lockservice.api;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The answer to a revocation.
 *
 * @param state how it ended
 */
@Schema(description = "REVOKED: it is not renewed any more. GONE: there was nothing to revoke.")
record Revoked(State state) {

	enum State {

		REVOKED, GONE

	}

}
