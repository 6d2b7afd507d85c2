package io.roster.registry.console;

import java.util.List;
import java.util.function.Consumer;

import io.roster.coordination.Subscription;
import io.roster.registry.history.History;
import io.roster.registry.history.HistoryEvent;
import io.roster.streams.StreamEvent;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Tells {@code history}: the latest events first, and then each new one.
 */
@Component
@RequiredArgsConstructor
class HistoryFeed implements ConsoleFeed {

	private static final int LATEST = 500;

	private final History history;

	@Override
	public Subscription subscribe(@Nullable String authorization, Consumer<StreamEvent> events) {
		events.accept(history(this.history.recent(LATEST)));
		return this.history.subscribe((event) -> events.accept(history(List.of(event))));
	}

	private static StreamEvent history(List<HistoryEvent> events) {
		return new StreamEvent("history", null, () -> new Events(events));
	}

	/**
	 * Some events.
	 *
	 * @param events the newest first
	 */
	record Events(List<HistoryEvent> events) {
	}

}
