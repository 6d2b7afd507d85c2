package io.roster.registry.console;

import java.time.Clock;
import java.util.function.Consumer;

import io.roster.coordination.Subscription;
import io.roster.registry.open.AnswerThreads;
import io.roster.streams.StreamEvent;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Tells {@code locks}, which has all locks, or why they are not known; {@code lock} for
 * each whose queue has changed; and {@code deadlocks} when there are others. Each reader
 * is told what the lock service tells him, because he may not see all that others may.
 */
@Component
@RequiredArgsConstructor
class LocksFeed implements ConsoleFeed {

	private final LockService lockService;

	private final AnswerThreads threads;

	@Override
	public Subscription subscribe(@Nullable String authorization, Consumer<StreamEvent> events) {
		LocksWatch watch = new LocksWatch(this.lockService, authorization, events, Clock.systemUTC());
		this.threads.execute(watch::run);
		return watch::close;
	}

}
