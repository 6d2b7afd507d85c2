package io.roster.discovery;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events on their way to one listener. They are put under a lock of the caller's, which
 * fixes their order, and delivered outside of it by whichever thread comes first, one at
 * a time.
 */
final class Delivery<E> {

	private static final Logger log = LoggerFactory.getLogger(Delivery.class);

	private final Consumer<E> listener;

	private final Queue<E> events = new ConcurrentLinkedQueue<>();

	private final AtomicInteger undelivered = new AtomicInteger();

	private volatile boolean closed;

	Delivery(Consumer<E> listener) {
		this.listener = listener;
	}

	void put(E event) {
		this.events.add(event);
	}

	void deliver() {
		if (this.undelivered.getAndIncrement() != 0) {
			return;
		}
		int seen = 1;
		do {
			drain();
			seen = this.undelivered.addAndGet(-seen);
		}
		while (seen != 0);
	}

	private void drain() {
		for (E event = this.events.poll(); event != null; event = this.events.poll()) {
			tell(event);
		}
	}

	private void tell(E event) {
		if (this.closed) {
			return;
		}
		try {
			this.listener.accept(event);
		}
		catch (RuntimeException ex) {
			log.error("a listener failed on {}", event.getClass().getSimpleName(), ex);
		}
	}

	void close() {
		this.closed = true;
	}

}
