package io.roster.acceptance.cluster.load;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.roster.locks.client.AcquireOptions;
import io.roster.locks.client.HeldLock;
import io.roster.locks.client.LockClient;
import io.roster.locks.client.LockException;

/**
 * One lease that is held, and renewed, from the beginning to the end.
 */
final class LongLease extends Load {

	private static final Duration PACE = Duration.ofMillis(200);

	private final LockClient client;

	private final String lock;

	LongLease(LockClient client, String lock) {
		super("long lease");
		this.client = client;
		this.lock = lock;
	}

	@Override
	void run(BooleanSupplier over) {
		try (HeldLock held = this.client.acquire(this.lock, AcquireOptions.defaults().withMaxWait(PATIENCE))) {
			held.onLost((lost) -> tally().failed("lost: " + lost));
			while (!over.getAsBoolean() && held.isHeld()) {
				tally().succeeded(tally().now());
				pause(PACE);
			}
			// The service must still know it, too.
			held.renew();
		}
		catch (LockException ex) {
			tally().failed(ex.toString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
