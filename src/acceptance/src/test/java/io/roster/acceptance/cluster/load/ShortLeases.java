package io.roster.acceptance.cluster.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import io.roster.locks.client.AcquireOptions;
import io.roster.locks.client.HeldLock;
import io.roster.locks.client.LockClient;
import io.roster.locks.client.LockException;
import org.jspecify.annotations.Nullable;

/**
 * Clients that hand one lock to each other all the time, by the product's own client.
 * Each grant must have a higher fencing token than all before it, and nobody may be told
 * that he holds the lock while somebody else does.
 */
final class ShortLeases extends Load {

	private static final Duration WORK = Duration.ofMillis(20);

	/** The default TTL: an election of the ensemble's leader is to be outlived. */
	private static final AcquireOptions OPTIONS = AcquireOptions.defaults().withMaxWait(Duration.ofSeconds(60));

	private final LockClient client;

	private final String lock;

	private final AtomicReference<@Nullable HeldLock> holder = new AtomicReference<>();

	private final AtomicLong highest = new AtomicLong();

	ShortLeases(LockClient client, String lock) {
		super("locks");
		this.client = client;
		this.lock = lock;
	}

	@Override
	int threads() {
		return 3;
	}

	@Override
	void run(BooleanSupplier over) {
		while (!over.getAsBoolean()) {
			long began = tally().now();
			try (HeldLock held = this.client.acquire(this.lock, OPTIONS)) {
				tally().succeeded(began);
				compare(held);
				pause(WORK);
				if (held.isHeld()) {
					held.renew();
				}
			}
			catch (LockException ex) {
				tally().failed(ex.toString());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
		}
	}

	/** A grant that came late, and has ended since, is nothing wrong. */
	private void compare(HeldLock held) {
		HeldLock before = this.holder.getAndSet(held);
		if (before != null && before.isHeld() && held.isHeld()) {
			tally().failed("two holders: " + before + " and " + held);
		}
		long seen = this.highest.getAndAccumulate(held.fencingToken(), Math::max);
		if (seen >= held.fencingToken() && held.isHeld()) {
			tally().failed("token " + held.fencingToken() + " after " + seen);
		}
	}

	long highestToken() {
		return this.highest.get();
	}

}
