package io.roster.registry.history;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A part of the history as the API shows it.
 *
 * @param events the events
 * @param more whether there are more: ask again after the last revision
 * @param gap whether events between the asked revision and the first of these are no
 * longer kept
 */
@Schema(name = "Events", description = "A part of the history, oldest first.")
record EventsView(@Schema(description = "What happened") List<HistoryEvent> events,
		@Schema(description = "Whether there are more: ask again after the last revision",
				example = "false") boolean more,
		@Schema(description = "Whether some after the asked revision are no longer kept",
				example = "false") boolean gap) {
}
