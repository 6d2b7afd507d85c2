package io.roster.registry.console;

import java.util.function.Consumer;

import io.roster.coordination.Subscription;
import io.roster.streams.StreamEvent;
import org.jspecify.annotations.Nullable;

/**
 * A part of what the console's stream tells. Each bean of this type adds its events.
 */
interface ConsoleFeed {

	/**
	 * Begins to tell one reader: what there is, and then what changes. An event may say
	 * what was said before, or what is older than something said before and followed by
	 * it.
	 * @param authorization the reader's {@code Authorization}; {@code null} where nobody
	 * is asked for it
	 * @param events takes events without ids, from any thread, and never blocks
	 * @return ends it
	 */
	Subscription subscribe(@Nullable String authorization, Consumer<StreamEvent> events);

}
