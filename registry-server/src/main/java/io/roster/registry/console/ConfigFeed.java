package io.roster.registry.console;

import java.util.function.Consumer;

import io.roster.coordination.Subscription;
import io.roster.registry.config.ConfigTree;
import io.roster.streams.StreamEvent;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Tells {@code config}: whose configuration has changed.
 */
@Component
@RequiredArgsConstructor
class ConfigFeed implements ConsoleFeed {

	private final ConfigTree tree;

	@Override
	public Subscription subscribe(@Nullable String authorization, Consumer<StreamEvent> events) {
		return this.tree
			.onChange((application) -> events.accept(new StreamEvent("config", null, () -> new Changed(application))));
	}

	/**
	 * A property of an application has changed.
	 *
	 * @param application its name
	 */
	record Changed(String application) {
	}

}
