package io.roster.lockservice.api;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The answer to a release.
 *
 * @param state how it ended
 */
@Schema(description = "RELEASED: this call gave it back. GONE: it had expired, or had been given back, before.")
record Released(State state) {

	enum State {

		RELEASED, GONE

	}

}
