package io.roster.discovery;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that all state of a registrar is confined to. What is given to it after
 * its end is dropped.
 */
final class RegistrarThread implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(RegistrarThread.class);

	private final ExecutorService executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), (task) -> {
				Thread thread = new Thread(task, "roster-registrar");
				thread.setDaemon(true);
				return thread;
			}, new ThreadPoolExecutor.DiscardPolicy());

	void run(Runnable task) {
		this.executor.execute(() -> guarded(task));
	}

	void runAfter(Duration delay, Runnable task) {
		CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, this.executor)
			.execute(() -> guarded(task));
	}

	/** Logged here, and the thread goes on. */
	private static void guarded(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException ex) {
			log.error("the registrar failed", ex);
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
