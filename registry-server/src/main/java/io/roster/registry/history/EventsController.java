package io.roster.registry.history;

import io.roster.registry.problem.InvalidRequestException;
import io.roster.registry.problem.NotReadYetException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The history.
 */
@Tag(name = "Services")
@RestController
@RequestMapping("/api/v1/events")
@RequiredArgsConstructor
class EventsController {

	private static final int MOST = 1000;

	private static final int USUAL = 100;

	private final KeptHistory history;

	@Operation(summary = "What joined, changed and left, when and why",
			description = "Oldest first. To go on, ask after the revision of the last one; all events of a revision come "
					+ "together, so there may be a few more than the limit.")
	@GetMapping
	EventsView events(
			@Parameter(description = "Only later than this revision; from the oldest that is kept if left out",
					example = "0") @RequestParam(required = false) @Nullable String after,
			@Parameter(description = "How many, from 1 to 1000; 100 if left out",
					example = "100") @RequestParam(required = false) @Nullable String limit) {
		long revision = revision(after);
		int most = limit(limit);
		if (!this.history.loaded()) {
			throw new NotReadYetException(null);
		}
		EventLog.Page page = this.history.after(revision, most);
		return new EventsView(page.events(), page.more(), after != null && revision > 0 && page.gap());
	}

	private static long revision(@Nullable String after) {
		if (after == null) {
			return 0;
		}
		try {
			long revision = Long.parseLong(after);
			if (revision >= 0) {
				return revision;
			}
		}
		catch (NumberFormatException ex) {
			throw new InvalidRequestException("after", notARevision(after));
		}
		throw new InvalidRequestException("after", notARevision(after));
	}

	private static String notARevision(String after) {
		return "after is the revision of an event, such as 4294967311, and not '" + after + "'.";
	}

	private static int limit(@Nullable String limit) {
		if (limit == null) {
			return USUAL;
		}
		if (!limit.matches("\\d{1,4}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST) {
			throw new InvalidRequestException("limit",
					"limit is a number from 1 to " + MOST + ", and not '" + limit + "'.");
		}
		return Integer.parseInt(limit);
	}

}
