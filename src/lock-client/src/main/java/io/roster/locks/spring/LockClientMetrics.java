package io.roster.locks.spring;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.roster.locks.client.LockClient;
import io.roster.locks.client.LostLock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;

/**
 * How many locks are held, whether the service answers, and how many locks were lost and
 * why.
 */
final class LockClientMetrics implements MeterBinder {

	private final ObjectProvider<LockClient> client;

	private final Map<LostLock.Reason, AtomicLong> losses = new EnumMap<>(LostLock.Reason.class);

	LockClientMetrics(ObjectProvider<LockClient> client) {
		this.client = client;
		List.of(LostLock.Reason.values()).forEach((reason) -> this.losses.put(reason, new AtomicLong()));
	}

	@EventListener
	void onLost(LostLock lost) {
		AtomicLong count = this.losses.get(lost.reason());
		if (count != null) {
			count.incrementAndGet();
		}
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.client.ifAvailable((known) -> {
			Gauge.builder("roster.locks.client.held", known, (locks) -> locks.heldLocks().size())
				.description("Locks that this process holds")
				.register(registry);
			Gauge.builder("roster.locks.client.reachable", known, (locks) -> locks.isReachable() ? 1 : 0)
				.description("1 if the lock service answered when it was last asked")
				.register(registry);
		});
		this.losses.forEach(
				(reason, count) -> FunctionCounter.builder("roster.locks.client.lost", count, AtomicLong::doubleValue)
					.description("Locks that this process held and lost")
					.tag("reason", reason.name())
					.register(registry));
	}

}
