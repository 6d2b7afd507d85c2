package io.roster.demo.bikesvc;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.roster.locks.client.AcquireOptions;
import io.roster.locks.client.HeldLock;
import io.roster.locks.client.LockClient;
import lombok.RequiredArgsConstructor;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Rents bikes, one rider at a time for each bike, whichever instance is asked. */
@Component
@RequiredArgsConstructor
class RentalDesk {

	/** What the lease outlasts the holding by: the write takes milliseconds. */
	private static final Duration MARGIN = Duration.ofSeconds(10);

	private final LockClient locks;

	private final BikeStore store;

	private final Environment environment;

	private final Clock clock;

	static String lockOf(String bike) {
		return "bike-" + bike;
	}

	/** What a ride costs now; pushed configuration changes it while the service runs. */
	String price() {
		return this.environment.getRequiredProperty("ride.price");
	}

	/**
	 * Rents a bike. Blocks while others hold its lock.
	 * @throws BikeTakenException if somebody rides it
	 * @throws io.roster.locks.client.LockException if its lock cannot be had
	 */
	Rental rent(String bike, String rider, Duration wait, Duration hold) throws InterruptedException {
		AcquireOptions options = AcquireOptions.defaults()
			.withTtl(hold.plus(MARGIN))
			.withMaxWait(wait)
			.withMetadata(Map.of("rider", rider));
		try (HeldLock lock = this.locks.acquire(lockOf(bike), options)) {
			TimeUnit.MILLISECONDS.sleep(hold.toMillis());
			Rental rental = new Rental(UUID.randomUUID(), bike, rider, price(), Long.toString(lock.fencingToken()),
					this.clock.instant());
			if (!lock.isHeld()) {
				throw new LockExpiredException(lock.lock());
			}
			if (!this.store.rent(rental)) {
				throw new BikeTakenException(bike);
			}
			return rental;
		}
	}

}
