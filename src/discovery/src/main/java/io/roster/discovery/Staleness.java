package io.roster.discovery;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

import io.roster.coordination.Subscription;

/**
 * Whether the lists are stale, for those who want to be told.
 */
final class Staleness {

	private final BooleanSupplier stale;

	private final List<Delivery<Boolean>> listeners = new CopyOnWriteArrayList<>();

	private final Object lock = new Object();

	private boolean told;

	Staleness(BooleanSupplier stale) {
		this.stale = stale;
		this.told = stale.getAsBoolean();
	}

	Subscription add(StalenessListener listener) {
		Delivery<Boolean> delivery = new Delivery<>(listener::onStaleness);
		synchronized (this.lock) {
			delivery.put(this.told);
			this.listeners.add(delivery);
		}
		delivery.deliver();
		look();
		return () -> {
			delivery.close();
			this.listeners.remove(delivery);
		};
	}

	/** Looks whether it has turned. */
	void look() {
		synchronized (this.lock) {
			boolean now = this.stale.getAsBoolean();
			if (now != this.told) {
				this.told = now;
				this.listeners.forEach((each) -> each.put(now));
			}
		}
		this.listeners.forEach(Delivery::deliver);
	}

	void close() {
		this.listeners.forEach(Delivery::close);
		this.listeners.clear();
	}

}
