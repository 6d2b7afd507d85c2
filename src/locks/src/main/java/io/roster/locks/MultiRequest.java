package io.roster.locks;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Asks for several locks at once: all of them or none.
 *
 * @param lease the id of the lease, made by the client for this acquisition and used for
 * no other
 * @param owner who asks, for people and for the search of deadlocks
 * @param locks the names of the locks, from 1 to {@value #MAX_LOCKS}, each once
 * @param ttl how long the lease lives after each write to it
 * @param maxWait how long to wait for the grant; zero answers at once and leaves nothing
 * behind if one of the locks is not free
 * @param metadata shown in the queues, not interpreted
 * @param principal who asks, as the caller has proved; {@code null} or empty makes a
 * lease that is anyone's
 * @param onDeadlock what to do where it would wait for itself over others
 */
public record MultiRequest(UUID lease, @Nullable String owner, List<String> locks, Duration ttl, Duration maxWait,
		Map<String, String> metadata, @Nullable String principal, OnDeadlock onDeadlock) {

	/** All places are made by one transaction, which must fit into one request. */
	public static final int MAX_LOCKS = 16;

	public MultiRequest {
		locks = List.copyOf(locks);
		metadata = Map.copyOf(metadata);
		principal = Claim.normal(principal);
	}

	/**
	 * Asks for several locks, and waits in a deadlock too.
	 * @param lease the id of the lease
	 * @param owner who asks
	 * @param locks the names of the locks
	 * @param ttl how long the lease lives after each write to it
	 * @param maxWait how long to wait for the grant
	 * @param metadata shown in the queues
	 * @param principal to whom the lease belongs
	 */
	public MultiRequest(UUID lease, @Nullable String owner, List<String> locks, Duration ttl, Duration maxWait,
			Map<String, String> metadata, @Nullable String principal) {
		this(lease, owner, locks, ttl, maxWait, metadata, principal, OnDeadlock.WAIT);
	}

	/**
	 * The same in somebody's name.
	 * @param principal to whom the lease belongs
	 * @return the request
	 */
	public MultiRequest by(@Nullable String principal) {
		return new MultiRequest(this.lease, this.owner, this.locks, this.ttl, this.maxWait, this.metadata, principal,
				this.onDeadlock);
	}

	/**
	 * The claim to the lease that this request makes.
	 * @return the claim
	 */
	public MultiClaim claim() {
		return new MultiClaim(this.lease, this.principal);
	}

	/**
	 * The same for the lock whose place carries the lease.
	 * @return the request
	 */
	AcquireRequest anchored() {
		return new AcquireRequest(Collections.min(this.locks), this.lease, this.owner, Mode.EXCLUSIVE, this.ttl,
				this.maxWait, this.metadata, this.principal, this.onDeadlock);
	}

}
