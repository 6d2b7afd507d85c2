package io.roster.discovery;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener and the events on their way to it. Events are put under the directory's
 * lock, which fixes their order, and delivered outside of it by whichever thread comes
 * first, one at a time.
 */
final class Subscriber {

	private static final Logger log = LoggerFactory.getLogger(Subscriber.class);

	private final @Nullable String service;

	private final ServiceListener listener;

	private final Queue<ServiceEvent> events = new ConcurrentLinkedQueue<>();

	private final AtomicInteger undelivered = new AtomicInteger();

	private volatile boolean closed;

	/**
	 * Follows one service or all.
	 * @param service the service, {@code null} for all
	 * @param listener whom to tell
	 */
	Subscriber(@Nullable String service, ServiceListener listener) {
		this.service = service;
		this.listener = listener;
	}

	@Nullable String service() {
		return this.service;
	}

	void put(ServiceEvent event) {
		if (this.service == null || this.service.equals(event.service())) {
			this.events.add(event);
		}
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
		for (ServiceEvent event = this.events.poll(); event != null; event = this.events.poll()) {
			tell(event);
		}
	}

	private void tell(ServiceEvent event) {
		if (this.closed) {
			return;
		}
		try {
			this.listener.onEvent(event);
		}
		catch (RuntimeException ex) {
			log.error("a listener failed on {} of {}", event.getClass().getSimpleName(), event.service(), ex);
		}
	}

	void close() {
		this.closed = true;
	}

}
