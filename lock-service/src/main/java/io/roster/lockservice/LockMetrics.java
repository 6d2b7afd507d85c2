package io.roster.lockservice;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.roster.locks.LockEvent;
import io.roster.locks.LockQueues;
import lombok.RequiredArgsConstructor;

import org.springframework.stereotype.Component;

/**
 * The meters {@code roster.locks.*}. The gauges show what this replica sees, which is
 * what every replica sees: take one of them, not their sum. All else counts what this
 * replica did: take the sum. No meter has a lock's name, because there is no bound to
 * their number.
 */
@Component
@RequiredArgsConstructor
class LockMetrics implements MeterBinder {

	private final LockQueues queues;

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("roster.locks.known", this.queues, (queues) -> queues.counts().locks())
			.description("Locks that have a znode, as this replica sees them")
			.register(registry);
		Gauge.builder("roster.locks.held", this.queues, (queues) -> queues.counts().held())
			.description("Places that hold their lock, as this replica sees them")
			.register(registry);
		Gauge.builder("roster.locks.waiting", this.queues, (queues) -> queues.counts().waiting())
			.description("Places that wait, as this replica sees them")
			.register(registry);
		Gauge.builder("roster.locks.deadlocks", this.queues, LockQueues::deadlockCount)
			.description("Deadlocks between owners, as this replica sees them")
			.register(registry);
		this.queues.listen(new Counts(registry)::count);
	}

	private static final class Counts {

		private final Timer wait;

		private final Timer hold;

		private final Counter handovers;

		private final Counter expiries;

		private final Counter forced;

		private final Counter revoked;

		private final Counter renewalsRefused;

		private final Map<LockEvent.Outcome, Counter> acquires = new EnumMap<>(LockEvent.Outcome.class);

		Counts(MeterRegistry registry) {
			this.wait = timer(registry, "roster.locks.wait", "How long a granted call waited", Duration.ofMinutes(5));
			this.hold = timer(registry, "roster.locks.hold", "How long a lock was held that was given up or taken away",
					Duration.ofHours(1));
			this.handovers = counter(registry, "roster.locks.handovers", "Grants to a lease that stood behind another");
			this.expiries = counter(registry, "roster.locks.expiries", "Leases that nobody renewed for their TTL");
			this.forced = counter(registry, "roster.locks.forced", "Places that an operator removed");
			this.revoked = counter(registry, "roster.locks.revoked", "Leases that an operator revoked");
			this.renewalsRefused = counter(registry, "roster.locks.renewals.refused",
					"Renewals of leases that were gone or revoked");
			for (LockEvent.Outcome outcome : LockEvent.Outcome.values()) {
				this.acquires.put(outcome,
						Counter.builder("roster.locks.acquires")
							.description("Acquires by how they were answered")
							.tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
							.register(registry));
			}
		}

		private static Timer timer(MeterRegistry registry, String name, String description, Duration longest) {
			return Timer.builder(name)
				.description(description)
				.publishPercentileHistogram()
				.minimumExpectedValue(Duration.ofMillis(1))
				.maximumExpectedValue(longest)
				.register(registry);
		}

		private static Counter counter(MeterRegistry registry, String name, String description) {
			return Counter.builder(name).description(description).register(registry);
		}

		void count(LockEvent event) {
			if (event instanceof LockEvent.Granted granted) {
				this.wait.record(granted.waited());
				if (granted.queued()) {
					this.handovers.increment();
				}
			}
			else if (event instanceof LockEvent.Answered answered) {
				Counter counter = this.acquires.get(answered.outcome());
				if (counter != null) {
					counter.increment();
				}
			}
			else if (event instanceof LockEvent.Ended ended) {
				ended(ended);
			}
			else if (event instanceof LockEvent.Revoked) {
				this.revoked.increment();
			}
			else if (event instanceof LockEvent.RenewalRefused) {
				this.renewalsRefused.increment();
			}
		}

		private void ended(LockEvent.Ended ended) {
			Duration held = ended.held();
			if (held != null) {
				this.hold.record(held);
			}
			if (ended.cause() == LockEvent.Cause.EXPIRED) {
				this.expiries.increment();
			}
			else if (ended.cause() == LockEvent.Cause.FORCED) {
				this.forced.increment();
			}
		}

	}

}
