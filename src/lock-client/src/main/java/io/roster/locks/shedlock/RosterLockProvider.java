package io.roster.locks.shedlock;

import java.time.Duration;
import java.util.Optional;

import io.roster.locks.client.AcquireOptions;
import io.roster.locks.client.HeldLock;
import io.roster.locks.client.LockClient;
import net.javacrumbs.shedlock.core.ExtensibleLockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.support.LockException;

/**
 * ShedLock's provider over the lock service. A task's lock is a lease whose TTL is
 * {@code lockAtMostFor} and which nobody renews: a process that dies keeps it for as
 * long, by the service's clock, and no wall clock is compared with another. It ends
 * within two seconds after that, which are the service's.
 * <p>
 * A lock that is given back before {@code lockAtLeastFor} stays in the queue until then.
 * This process gives it back when the time has come; if it has died or closed its client
 * meanwhile, the lease lasts for {@code lockAtMostFor}.
 * <p>
 * The TTL has the service's limits: {@code lockAtMostFor} is from 1 s to 24 h by default,
 * and the name is that of a lock. A lock can be extended, to a longer time; one that is
 * extended to a shorter one keeps its TTL. Safe for use by many threads; locks are not
 * reentrant.
 */
public final class RosterLockProvider implements ExtensibleLockProvider {

	private final LockClient client;

	private final AcquireOptions options;

	/**
	 * Makes a provider whose locks are shown as the client's.
	 * @param client what asks the lock service; stays the caller's to close
	 */
	public RosterLockProvider(LockClient client) {
		this.client = client;
		this.options = client.defaults().withoutRenewal().withMaxWait(Duration.ZERO);
	}

	/**
	 * Takes a lock if it is free now. Blocks until a replica answers, for the client's
	 * patience at most.
	 * @param configuration its name, and for how long
	 * @return nothing if somebody holds it
	 * @throws io.roster.locks.client.LockException if the service refuses, or cannot be
	 * reached: the task does not run
	 * @throws LockException if the thread is interrupted, which it stays
	 */
	@Override
	public Optional<SimpleLock> lock(LockConfiguration configuration) {
		try {
			Optional<HeldLock> held = this.client.tryAcquire(configuration.getName(),
					this.options.withTtl(configuration.getLockAtMostFor()));
			return held.map((lock) -> TaskLock.of(lock, configuration));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LockException("interrupted while lock " + configuration.getName() + " was acquired", ex);
		}
	}

}
