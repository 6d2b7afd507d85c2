package io.roster.discovery;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that all state of a registrar is confined to, and that of whoever runs a
 * task in its place while it rests. Tasks run one at a time, each sees what those before
 * it did, and those of one thread run in the order in which it gave them. What is given
 * after the end is dropped.
 */
final class RegistrarThread implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(RegistrarThread.class);

	private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, (task) -> {
		Thread thread = new Thread(task, "roster-registrar");
		thread.setDaemon(true);
		return thread;
	}, new ThreadPoolExecutor.DiscardPolicy());

	/** Held by whoever runs a task. */
	private final ReentrantLock turn = new ReentrantLock();

	/** The tasks that were given to the thread and have not ended. */
	private final AtomicInteger given = new AtomicInteger();

	RegistrarThread() {
		this.executor.setRemoveOnCancelPolicy(true);
	}

	void run(Runnable task) {
		this.given.incrementAndGet();
		this.executor.execute(() -> {
			try {
				inTurn(task);
			}
			finally {
				this.given.decrementAndGet();
			}
		});
	}

	/**
	 * Runs a task on the calling thread, if the registrar's rests: to wake it takes
	 * longer than to send a request. The task must not block. What it gives runs after
	 * it.
	 */
	void runHere(Runnable task) {
		if (this.given.get() > 0 || this.turn.isHeldByCurrentThread() || !this.turn.tryLock()) {
			run(task);
			return;
		}
		try {
			if (!this.executor.isShutdown()) {
				guarded(task);
			}
		}
		finally {
			this.turn.unlock();
		}
	}

	/**
	 * Runs a task on the thread when some time has passed.
	 * @return cancels it, if that has not happened yet
	 */
	Runnable runAfter(Duration delay, Runnable task) {
		Future<?> waiting = this.executor.schedule(() -> inTurn(task), delay.toNanos(), TimeUnit.NANOSECONDS);
		return () -> waiting.cancel(false);
	}

	private void inTurn(Runnable task) {
		this.turn.lock();
		try {
			guarded(task);
		}
		finally {
			this.turn.unlock();
		}
	}

	/** Logged here, and the thread goes on. */
	private static void guarded(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException | Error ex) {
			log.error("the registrar failed", ex);
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
