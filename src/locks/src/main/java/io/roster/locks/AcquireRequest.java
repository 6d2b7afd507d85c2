package io.roster.locks;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a lock.
 *
 * @param lock the name of the lock, one path segment
 * @param lease the id of the lease, made by the client for this acquisition and used for
 * no other: the same request again goes on in the same place of the queue
 * @param owner who asks, for people and for the search of deadlocks
 * @param mode how the lock is wanted
 * @param ttl how long the lease lives after each write to it
 * @param maxWait how long to wait for the grant; zero answers at once and leaves nothing
 * behind if the lock is not free
 * @param metadata shown in the queue, not interpreted
 * @param principal who asks, as the caller has proved: the lease belongs to it, and
 * nobody else may use its id; {@code null} or empty makes a lease that is anyone's
 * @param onDeadlock what to do where waiting would close a cycle of owners who wait for
 * each other; a request without an owner is in none
 */
public record AcquireRequest(String lock, UUID lease, @Nullable String owner, Mode mode, Duration ttl, Duration maxWait,
		Map<String, String> metadata, @Nullable String principal, OnDeadlock onDeadlock) {

	public AcquireRequest {
		metadata = Map.copyOf(metadata);
		principal = Claim.normal(principal);
	}

	/**
	 * Asks for a lock, and waits in a deadlock too.
	 * @param lock the name of the lock
	 * @param lease the id of the lease
	 * @param owner who asks
	 * @param mode how the lock is wanted
	 * @param ttl how long the lease lives after each write to it
	 * @param maxWait how long to wait for the grant
	 * @param metadata shown in the queue
	 * @param principal to whom the lease belongs
	 */
	public AcquireRequest(String lock, UUID lease, @Nullable String owner, Mode mode, Duration ttl, Duration maxWait,
			Map<String, String> metadata, @Nullable String principal) {
		this(lock, lease, owner, mode, ttl, maxWait, metadata, principal, OnDeadlock.WAIT);
	}

	/**
	 * Asks for a lock alone, without metadata, in nobody's name.
	 * @param lock the name of the lock
	 * @param lease the id of the lease
	 * @param owner who asks
	 * @param ttl how long the lease lives after each write
	 * @param maxWait how long to wait for the grant
	 * @return the request
	 */
	public static AcquireRequest exclusive(String lock, UUID lease, @Nullable String owner, Duration ttl,
			Duration maxWait) {
		return new AcquireRequest(lock, lease, owner, Mode.EXCLUSIVE, ttl, maxWait, Map.of(), null);
	}

	/**
	 * The same in somebody's name.
	 * @param principal to whom the lease belongs
	 * @return the request
	 */
	public AcquireRequest by(@Nullable String principal) {
		return new AcquireRequest(this.lock, this.lease, this.owner, this.mode, this.ttl, this.maxWait, this.metadata,
				principal, this.onDeadlock);
	}

	/**
	 * The same that is refused rather than waits for itself over others.
	 * @return the request
	 */
	public AcquireRequest refusingDeadlocks() {
		return new AcquireRequest(this.lock, this.lease, this.owner, this.mode, this.ttl, this.maxWait, this.metadata,
				this.principal, OnDeadlock.REFUSE);
	}

	/**
	 * The claim to the lease that this request makes.
	 * @return the claim
	 */
	public Claim claim() {
		return new Claim(this.lock, this.lease, this.principal);
	}

}
