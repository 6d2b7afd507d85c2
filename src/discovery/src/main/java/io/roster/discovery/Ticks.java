package io.roster.discovery;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread that looks four times a second what time has done.
 */
final class Ticks implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Ticks.class);

	private static final long PERIOD_MS = 250;

	private final ScheduledThreadPoolExecutor thread;

	private @Nullable ScheduledFuture<?> looks;

	Ticks(String name) {
		this.thread = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread created = new Thread(task, name);
			created.setDaemon(true);
			return created;
		});
	}

	void start(Runnable look) {
		this.looks = this.thread.scheduleWithFixedDelay(() -> {
			try {
				look.run();
			}
			catch (RuntimeException ex) {
				// One that fails must not be the last.
				log.error("what time has done could not be seen", ex);
			}
		}, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
	}

	@Override
	public void close() {
		if (this.looks != null) {
			this.looks.cancel(false);
		}
		this.thread.shutdownNow();
	}

}
