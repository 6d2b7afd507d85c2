package io.roster.locks.spring;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.roster.locks.client.LockClient;
import org.jspecify.annotations.Nullable;

import org.springframework.integration.support.locks.ExpirableLockRegistry;
import org.springframework.integration.support.locks.RenewableLockRegistry;

/**
 * Spring Integration's registry of locks over the lock service. A key is the name of a
 * lock, as a string. Locks are renewed in the background for as long as they are held,
 * without a scheduler to be set.
 * <p>
 * A lock that is held or waited for is never forgotten, and none is forgotten unless
 * {@link #expireUnusedOlderThan(long)} is called. Safe for use by many threads.
 */
public final class RosterLockRegistry implements ExpirableLockRegistry<RosterLock>, RenewableLockRegistry<RosterLock> {

	private final LockClient client;

	private final ConcurrentMap<String, Known> locks = new ConcurrentHashMap<>();

	/**
	 * Makes a registry.
	 * @param client what asks the lock service; stays the caller's to close
	 */
	public RosterLockRegistry(LockClient client) {
		this.client = client;
	}

	@Override
	public RosterLock obtain(Object lockKey) {
		return known(lockKey).lock;
	}

	private Known known(Object lockKey) {
		if (!(lockKey instanceof String name) || name.isEmpty()) {
			throw new IllegalArgumentException("the key of a lock is its name, a String, not '" + lockKey + "'");
		}
		return this.locks.compute(name,
				(key, known) -> (known == null) ? new Known(new ClientLock(this.client, key)) : known.usedNow());
	}

	@Override
	public void renewLock(Object lockKey) {
		known(lockKey).lock.renew(null);
	}

	/**
	 * Renews a lock that this thread holds.
	 * @param lockKey its name
	 * @param ttl the TTL with which it was acquired, which a lease keeps
	 * @throws UnsupportedOperationException if it is another one
	 */
	@Override
	public void renewLock(Object lockKey, @Nullable Duration ttl) {
		known(lockKey).lock.renew(ttl);
	}

	/**
	 * Forgets locks that were not obtained for some time and are not in use.
	 * @param age in milliseconds
	 */
	@Override
	public void expireUnusedOlderThan(long age) {
		long now = System.nanoTime();
		long nanos = Duration.ofMillis(age).toNanos();
		this.locks.values().removeIf((known) -> now - known.obtainedAt > nanos && !known.lock.isUsed());
	}

	private static final class Known {

		private final ClientLock lock;

		private volatile long obtainedAt = System.nanoTime();

		Known(ClientLock lock) {
			this.lock = lock;
		}

		Known usedNow() {
			this.obtainedAt = System.nanoTime();
			return this;
		}

	}

}
