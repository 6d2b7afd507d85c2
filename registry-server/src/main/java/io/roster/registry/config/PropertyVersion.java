package io.roster.registry.config;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A value at one time.
 */
@Schema(name = "PropertyVersion", description = "A value, or its deletion, with who and when.")
@JsonInclude(JsonInclude.Include.ALWAYS)
record PropertyVersion(
		@Schema(description = "Names it: the transaction that wrote it", example = "4294967320") String version,
		@Schema(description = "The value, null for a deletion", example = "2.75") @Nullable String value,
		@Schema(description = "Who wrote it, null for another program than Roster",
				example = "ann") @Nullable String by,
		@Schema(description = "When, by the ensemble's clock") Instant at,
		@Schema(description = "Whether it stands there now") boolean current) {
}
