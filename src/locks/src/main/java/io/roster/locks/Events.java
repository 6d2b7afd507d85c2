package io.roster.locks;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells events to their listeners, each apart from the others. They are told when the
 * {@link Serial} is free again.
 */
final class Events {

	private static final Logger log = LoggerFactory.getLogger(Events.class);

	private final List<Consumer<LockEvent>> listeners = new CopyOnWriteArrayList<>();

	private final Serial serial;

	Events(Serial serial) {
		this.serial = serial;
	}

	/** May be called on any thread. */
	void add(Consumer<LockEvent> listener) {
		this.listeners.add(listener);
	}

	/** May be called on any thread. */
	void remove(Consumer<LockEvent> listener) {
		this.listeners.remove(listener);
	}

	/** To be called inside a body of the serial. */
	void tell(LockEvent event) {
		if (!this.listeners.isEmpty()) {
			this.serial.afterwards(() -> this.listeners.forEach((listener) -> tell(listener, event)));
		}
	}

	private static void tell(Consumer<LockEvent> listener, LockEvent event) {
		try {
			listener.accept(event);
		}
		catch (RuntimeException ex) {
			log.error("A listener to the locks failed at {}", event, ex);
		}
	}

}
