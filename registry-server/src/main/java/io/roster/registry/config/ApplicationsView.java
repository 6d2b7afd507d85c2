package io.roster.registry.config;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Whose configuration there is.
 */
@Schema(name = "ConfiguredApplications", description = "Whose configuration there is.")
record ApplicationsView(
		@Schema(description = "Names the content of all configuration", example = "4294967320") String revision,
		@Schema(description = "Whether it may be behind, because the ensemble is away") boolean stale,
		@Schema(description = "How long ago the ensemble was last heard of, in milliseconds",
				example = "12") long ageMs,
		@Schema(description = "Those with properties, by name") List<Application> applications) {

	/**
	 * One of them.
	 */
	@Schema(name = "ConfiguredApplication",
			description = "An application, 'application' for all, or one with a profile.")
	record Application(@Schema(example = "bikesvc") String name,
			@Schema(description = "How many it has", example = "1") int properties) {
	}

}
