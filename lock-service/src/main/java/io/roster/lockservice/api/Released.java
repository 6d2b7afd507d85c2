package io.roster.lockservice.api;

import io.roster.locks.ReleaseResult;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The answer to a release.
 */
@Schema(description = "RELEASED: this call gave it back. GONE: it had expired, or had been given back, before.")
record Released(ReleaseResult state) {
}
