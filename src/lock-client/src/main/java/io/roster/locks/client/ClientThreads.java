package io.roster.locks.client;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two threads of a client, however many locks it holds: one for renewals and
 * deadlines, on which nothing blocks, and one for listeners, on which they may. Both are
 * daemons and end by themselves while there is nothing to do.
 */
final class ClientThreads implements Timer, Executor {

	private static final Logger log = LoggerFactory.getLogger(ClientThreads.class);

	private static final long IDLE_S = 10;

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemon("roster-locks-timer"),
			new ThreadPoolExecutor.DiscardPolicy());

	private final ThreadPoolExecutor listeners = new ThreadPoolExecutor(1, 1, IDLE_S, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), daemon("roster-locks-listener"),
			(task, executor) -> log.debug("A listener was not called, the client is closed"));

	ClientThreads() {
		this.timer.setKeepAliveTime(IDLE_S, TimeUnit.SECONDS);
		this.timer.allowCoreThreadTimeOut(true);
		this.timer.setRemoveOnCancelPolicy(true);
		this.timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		this.listeners.allowCoreThreadTimeOut(true);
	}

	private static ThreadFactory daemon(String name) {
		return (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		};
	}

	@Override
	public Runnable after(Duration delay, Runnable task) {
		ScheduledFuture<?> scheduled = this.timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
		return () -> scheduled.cancel(false);
	}

	@Override
	public void execute(Runnable listener) {
		this.listeners.execute(listener);
	}

	/** Runs no further timer; listeners that are due are still called. */
	void close() {
		this.timer.shutdown();
		this.listeners.shutdown();
	}

}
