package io.roster.registry.config;

import java.util.SortedMap;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The configuration of an application.
 */
@Schema(name = "ApplicationConfiguration", description = "The properties of an application.")
record ApplicationView(
		@Schema(description = "Names the content of all configuration", example = "4294967320") String revision,
		@Schema(description = "Whether it may be behind, because the ensemble is away") boolean stale,
		@Schema(description = "How long ago the ensemble was last heard of, in milliseconds",
				example = "12") long ageMs,
		@Schema(example = "bikesvc") String application,
		@Schema(description = "By name") SortedMap<String, PropertyView> properties) {
}
