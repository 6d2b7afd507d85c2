package io.roster.locks;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.roster.locks.Watches.Watch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells events to those who watch, on one thread of its own, so that the event thread is
 * not held up by their number.
 */
final class Teller implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Teller.class);

	private final ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), (task) -> {
				Thread made = new Thread(task, "roster-locks-watch");
				made.setDaemon(true);
				return made;
			}, new ThreadPoolExecutor.DiscardPolicy());

	private final AtomicInteger untold = new AtomicInteger();

	Teller() {
		this.thread.allowCoreThreadTimeOut(true);
	}

	/** Whether all has been told. */
	boolean isIdle() {
		return this.untold.get() == 0;
	}

	/**
	 * Tells an event soon, after those before it.
	 * @param listeners to whom
	 * @param event what
	 * @param most how many may wait to be told
	 * @return {@code false} if as many wait already
	 */
	boolean tell(List<Watch> listeners, QueueEvent event, int most) {
		if (this.untold.incrementAndGet() > most) {
			this.untold.decrementAndGet();
			return false;
		}
		this.thread.execute(() -> {
			listeners.forEach((listener) -> tell(listener, event));
			this.untold.decrementAndGet();
		});
		return true;
	}

	private static void tell(Watch listener, QueueEvent event) {
		try {
			listener.accept(event);
		}
		catch (RuntimeException ex) {
			log.error("A listener to the queues failed at {}", event, ex);
		}
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
	}

}
