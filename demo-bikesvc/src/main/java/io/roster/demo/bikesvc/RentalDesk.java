package io.roster.demo.bikesvc;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.roster.locks.client.AcquireOptions;
import io.roster.locks.client.HeldLock;
import io.roster.locks.client.LockClient;
import lombok.RequiredArgsConstructor;

import org.springframework.stereotype.Component;

/** Rents bikes, one rider at a time for each bike, whichever instance is asked. */
@Component
@RequiredArgsConstructor
class RentalDesk {

	private final LockClient locks;

	private final BikeStore store;

	private final RideProperties ride;

	private final Clock clock;

	static String lockOf(String bike) {
		return "bike-" + bike;
	}

	/** What a ride costs now; pushed configuration changes it while the service runs. */
	String price() {
		return this.ride.getPrice();
	}

	/**
	 * Rents a bike. Blocks while others hold its lock.
	 * @throws BikeTakenException if somebody rides it
	 * @throws LockExpiredException if the lock was lost before the bike was rented
	 * @throws io.roster.fencing.StaleTokenException if it was lost in the last moment,
	 * and somebody else has rented the bike since
	 * @throws io.roster.locks.client.LockException if its lock cannot be had
	 */
	Rental rent(String bike, String rider, RentalTimes times) throws InterruptedException {
		AcquireOptions options = this.locks.defaults()
			.withMaxWait(times.maxWait())
			.withMetadata(Map.of("rider", rider));
		try (HeldLock lock = this.locks.acquire(lockOf(bike), times.isPaused() ? options.withoutRenewal() : options)) {
			TimeUnit.MILLISECONDS.sleep(times.hold().toMillis());
			Rental rental = new Rental(UUID.randomUUID(), bike, rider, price(), Long.toString(lock.fencingToken()),
					this.clock.instant());
			if (!lock.isHeld()) {
				throw new LockExpiredException(lock.lock());
			}
			// Here any process may be paused, by its garbage collector or its machine,
			// and
			// wakes up believing what it has just seen. The database knows better.
			TimeUnit.MILLISECONDS.sleep(times.pause().toMillis());
			if (!this.store.rent(lock.lock(), rental)) {
				throw new BikeTakenException(bike);
			}
			return rental;
		}
	}

}
