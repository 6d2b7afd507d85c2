package io.roster.locks;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The answer about one lease, as CONTRACT's LEASE.
 *
 * @param lock the name of the lock
 * @param lease the lease's id, a UUID
 * @param owner who asked for it, as the client said, if it did
 * @param mode how it wants the lock
 * @param state whether it holds or waits
 * @param position how many places stand in front of it; 0 for a holder
 * @param fencingToken the decimal token of a holder; a waiting lease has none
 * @param ttl how long the lease lives after a write, such as {@code 30s}
 * @param expiresInMs HELD: the milliseconds left of the TTL, counted from the arrival of
 * the call that wrote to the lease for its client; 0 means that this replica can vouch
 * for nothing: renew before use. WAITING: how long the place is kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Lease(String lock, String lease, @Nullable String owner, Mode mode, LeaseState state, int position,
		@Nullable String fencingToken, String ttl, long expiresInMs) {
}
