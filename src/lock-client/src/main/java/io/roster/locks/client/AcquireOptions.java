package io.roster.locks.client;

import java.time.Duration;
import java.util.Map;

import io.roster.locks.Mode;
import io.roster.locks.OnDeadlock;
import org.jspecify.annotations.Nullable;

/**
 * How a lock is acquired and kept. Made from {@link #defaults()} by the {@code with}
 * methods.
 *
 * @param ttl how long the lease lasts without a renewal, from 1 s to 24 h (the service's
 * limits); a client that dies keeps others waiting for as long
 * @param maxWait how long to stand in the queue before giving up; not bounded by the
 * service's own limit for one call, because the client goes on in its place by further
 * calls
 * @param mode alone, or beside others that share the lock
 * @param renewed whether the lease is renewed in the background for as long as the lock
 * is held; otherwise it ends with its TTL unless the holder renews it
 * @param owner who holds the lock, for whoever looks at the queue; the client's owner if
 * {@code null}
 * @param metadata shown to whoever looks at the queue
 * @param onDeadlock what to do where waiting would close a cycle of owners who wait for
 * each other
 */
public record AcquireOptions(Duration ttl, Duration maxWait, Mode mode, boolean renewed, @Nullable String owner,
		Map<String, String> metadata, OnDeadlock onDeadlock) {

	/** The longest wait: for ever, as far as a process lives. */
	public static final Duration FOREVER = Duration.ofDays(10_000);

	private static final AcquireOptions DEFAULTS = new AcquireOptions(Duration.ofSeconds(30), Duration.ofSeconds(10),
			Mode.EXCLUSIVE, true, null, Map.of(), OnDeadlock.WAIT);

	/**
	 * Checks and copies the arguments.
	 */
	public AcquireOptions {
		if (ttl.isNegative() || ttl.isZero()) {
			throw new IllegalArgumentException("ttl must be positive, not " + ttl);
		}
		if (maxWait.isNegative()) {
			throw new IllegalArgumentException("maxWait must not be negative, not " + maxWait);
		}
		maxWait = (maxWait.compareTo(FOREVER) > 0) ? FOREVER : maxWait;
		metadata = Map.copyOf(metadata);
	}

	/**
	 * A TTL of 30 s that is renewed, a wait of 10 s, alone, no metadata.
	 * @return the options
	 */
	public static AcquireOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * The same with another TTL.
	 * @param newTtl the TTL
	 * @return the options
	 */
	public AcquireOptions withTtl(Duration newTtl) {
		return new AcquireOptions(newTtl, this.maxWait, this.mode, this.renewed, this.owner, this.metadata,
				this.onDeadlock);
	}

	/**
	 * The same with another wait.
	 * @param newMaxWait the wait; zero takes the lock only if it is free
	 * @return the options
	 */
	public AcquireOptions withMaxWait(Duration newMaxWait) {
		return new AcquireOptions(this.ttl, newMaxWait, this.mode, this.renewed, this.owner, this.metadata,
				this.onDeadlock);
	}

	/**
	 * The same in another mode.
	 * @param newMode alone or shared
	 * @return the options
	 */
	public AcquireOptions withMode(Mode newMode) {
		return new AcquireOptions(this.ttl, this.maxWait, newMode, this.renewed, this.owner, this.metadata,
				this.onDeadlock);
	}

	/**
	 * The same without renewal in the background: the lock is lost when its TTL has
	 * passed, unless {@link HeldLock#renew()} is called.
	 * @return the options
	 */
	public AcquireOptions withoutRenewal() {
		return new AcquireOptions(this.ttl, this.maxWait, this.mode, false, this.owner, this.metadata, this.onDeadlock);
	}

	/**
	 * The same for another owner.
	 * @param newOwner who is shown as the holder, instead of the client's owner
	 * @return the options
	 */
	public AcquireOptions withOwner(String newOwner) {
		return new AcquireOptions(this.ttl, this.maxWait, this.mode, this.renewed, newOwner, this.metadata,
				this.onDeadlock);
	}

	/**
	 * The same with other metadata.
	 * @param newMetadata the metadata
	 * @return the options
	 */
	public AcquireOptions withMetadata(Map<String, String> newMetadata) {
		return new AcquireOptions(this.ttl, this.maxWait, this.mode, this.renewed, this.owner, newMetadata,
				this.onDeadlock);
	}

	/**
	 * The same with another answer to a deadlock. An owner who asks for a lock that it
	 * holds waits for itself: to be refused, each user of locks needs an
	 * {@linkplain #withOwner(String) owner} of its own.
	 * @param newOnDeadlock whether to wait all the same, or to get a
	 * {@link DeadlockException}
	 * @return the options
	 */
	public AcquireOptions withOnDeadlock(OnDeadlock newOnDeadlock) {
		return new AcquireOptions(this.ttl, this.maxWait, this.mode, this.renewed, this.owner, this.metadata,
				newOnDeadlock);
	}

}
