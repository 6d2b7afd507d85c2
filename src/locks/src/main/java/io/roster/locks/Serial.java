package io.roster.locks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs bodies of code one at a time, each to its end, on the thread that brings them.
 * Calls come from the web server's threads, answers and events from the event thread,
 * timers from their own: all state of the queues is confined to such bodies. They do no
 * I/O and wait for nothing, so that the event thread is held up for microseconds.
 * <p>
 * A body that is brought from within another one runs after it: ZooKeeper's client calls
 * back on the calling thread when its handle is closed. What must not run inside, such as
 * the completion of a future, is handed to {@link #afterwards}.
 */
final class Serial {

	private static final Logger log = LoggerFactory.getLogger(Serial.class);

	private final ReentrantLock lock = new ReentrantLock();

	private final Queue<Runnable> bodies = new ArrayDeque<>();

	private List<Runnable> afterwards = new ArrayList<>();

	void run(Runnable body) {
		if (this.lock.isHeldByCurrentThread()) {
			this.bodies.add(body);
			return;
		}
		List<Runnable> after;
		this.lock.lock();
		try {
			for (Runnable next = body; next != null; next = this.bodies.poll()) {
				isolated(next);
			}
			after = this.afterwards;
			this.afterwards = new ArrayList<>();
		}
		finally {
			this.lock.unlock();
		}
		after.forEach(Serial::isolated);
	}

	/**
	 * Runs something when the lock is free again, on the same thread. To be called inside
	 * a body.
	 * @param action what to run
	 */
	void afterwards(Runnable action) {
		this.afterwards.add(action);
	}

	private static void isolated(Runnable body) {
		try {
			body.run();
		}
		catch (RuntimeException ex) {
			log.error("A step of the lock queues failed", ex);
		}
	}

}
