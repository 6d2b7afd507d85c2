package io.roster.registry.config;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A value that stands there.
 */
@Schema(name = "Property", description = "A value, and who has written it when.")
@JsonInclude(JsonInclude.Include.ALWAYS)
record PropertyView(@Schema(description = "The value", example = "2.50") String value,
		@Schema(description = "Names the version, for If-Match: the transaction that wrote it",
				example = "4294967311") String version,
		@Schema(description = "Who wrote it, null for another program than Roster",
				example = "ann") @Nullable String by,
		@Schema(description = "When, by the ensemble's clock") Instant at) {
}
