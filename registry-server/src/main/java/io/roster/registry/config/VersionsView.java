package io.roster.registry.config;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The versions of a value.
 */
@Schema(name = "PropertyVersions", description = "The versions of a value that are kept, the latest first.")
record VersionsView(@Schema(example = "bikesvc") String application, @Schema(example = "ride.price") String key,
		@Schema(description = "Whether it may be behind, because the ensemble is away") boolean stale,
		List<PropertyVersion> versions) {
}
