package io.roster.discovery;

import org.jspecify.annotations.Nullable;

/**
 * One listener, of one service or of all, and the events on their way to it.
 */
final class Subscriber {

	private final @Nullable String service;

	private final Delivery<ServiceEvent> delivery;

	/**
	 * Follows one service or all.
	 * @param service the service, {@code null} for all
	 * @param listener whom to tell
	 */
	Subscriber(@Nullable String service, ServiceListener listener) {
		this.service = service;
		this.delivery = new Delivery<>(listener::onEvent);
	}

	@Nullable String service() {
		return this.service;
	}

	void put(ServiceEvent event) {
		if (this.service == null || this.service.equals(event.service())) {
			this.delivery.put(event);
		}
	}

	void deliver() {
		this.delivery.deliver();
	}

	void close() {
		this.delivery.close();
	}

}
