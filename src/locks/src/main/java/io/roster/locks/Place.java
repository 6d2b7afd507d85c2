package io.roster.locks;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One place in a lock's queue as an onlooker sees it, CONTRACT's PLACE: a {@link Lease}
 * with the node it stands in. It is a view and no promise: nobody may act on its
 * {@code state} or {@code expiresInMs} as a holder.
 *
 * @param lock the name of the lock
 * @param lease the lease's id; absent where the place is not a lease of the lock service
 * @param owner who asked for it; absent if unknown
 * @param mode how it wants the lock
 * @param state whether it holds or waits
 * @param position how many places stand in front of it
 * @param fencingToken the decimal token of a holder
 * @param ttl how long the lease lives after a write; absent where it is not a lease
 * @param expiresInMs when this replica would take the place away, if nobody writes to it;
 * absent where it is not a lease
 * @param node the name of the znode
 * @param client whose place it is
 * @param sinceMs how long this replica has seen the place, on its own monotonic clock
 * @param revoked why an operator has revoked the lease; absent where none has
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Place(String lock, @Nullable String lease, @Nullable String owner, Mode mode, LeaseState state,
		int position, @Nullable String fencingToken, @Nullable String ttl, @Nullable Long expiresInMs, String node,
		ClientKind client, long sinceMs, @Nullable String revoked) {
}
