package io.roster.locks.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is told of the loss of one lock: the client's listener first, then the lock's own.
 * Guarded by the lock that it belongs to.
 */
final class LossListeners {

	private static final Logger log = LoggerFactory.getLogger(LossListeners.class);

	private final Executor thread;

	private final Consumer<LostLock> ofClient;

	private final List<Consumer<LostLock>> listeners = new ArrayList<>();

	LossListeners(Executor thread, Consumer<LostLock> ofClient) {
		this.thread = thread;
		this.ofClient = ofClient;
	}

	void add(Consumer<LostLock> listener) {
		this.listeners.add(listener);
	}

	void clear() {
		this.listeners.clear();
	}

	void tellAll(LostLock lost) {
		tell(this.ofClient, lost);
		this.listeners.forEach((listener) -> tell(listener, lost));
	}

	/** Tells one of them, in the background. */
	void tell(Consumer<LostLock> listener, LostLock lost) {
		this.thread.execute(() -> {
			try {
				listener.accept(lost);
			}
			catch (RuntimeException ex) {
				log.error("A listener failed that was told of the loss of lock {}", lost.lock(), ex);
			}
		});
	}

}
