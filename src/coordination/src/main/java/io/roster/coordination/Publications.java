package io.roster.coordination;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures how long events take through one mirror, for whoever wants to know. */
final class Publications {

	private static final Logger logger = LoggerFactory.getLogger(Publications.class);

	private final LongSupplier ticker;

	private final List<LongConsumer> observers = new CopyOnWriteArrayList<>();

	Publications(LongSupplier ticker) {
		this.ticker = ticker;
	}

	Subscription add(LongConsumer observer) {
		this.observers.add(observer);
		return () -> this.observers.remove(observer);
	}

	/** Now, for an event that comes. */
	long received() {
		return this.ticker.getAsLong();
	}

	void published(long receivedAt) {
		if (this.observers.isEmpty()) {
			return;
		}
		long nanos = Math.max(0, this.ticker.getAsLong() - receivedAt);
		for (LongConsumer each : this.observers) {
			try {
				each.accept(nanos);
			}
			catch (RuntimeException ex) {
				logger.error("The observer {} of publications failed", each, ex);
			}
		}
	}

}
