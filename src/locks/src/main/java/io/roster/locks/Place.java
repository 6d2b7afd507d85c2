package io.roster.locks;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One place in a lock's queue as an onlooker sees it, CONTRACT's PLACE: a {@link Lease}
 * with the node it stands in. It is a view and no promise: nobody may act on its
 * {@code state} or {@code expiresInMs} as a holder.
 *
 * @param lock the name of the lock
 * @param lease the lease's id; absent where the place is not a lease of the lock service,
 * and for onlookers who may not act with it
 * @param owner who asked for it; absent if unknown
 * @param mode how it wants the lock
 * @param state whether it holds or waits
 * @param position how many places stand in front of it
 * @param fencingToken the decimal token of a holder; absent for such onlookers
 * @param ttl how long the lease lives after a write; absent where it is not a lease
 * @param expiresInMs when this replica would take the place away, if nobody writes to it;
 * absent where it is not a lease
 * @param node the name of the znode; absent for such onlookers
 * @param client whose place it is
 * @param sinceMs how long this replica has seen the place, on its own monotonic clock
 * @param revoked why an operator has revoked the lease; absent where none has
 * @param principal to whom the lease belongs; absent where it is anyone's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Place(String lock, @Nullable String lease, @Nullable String owner, Mode mode, LeaseState state,
		int position, @Nullable String fencingToken, @Nullable String ttl, @Nullable Long expiresInMs,
		@Nullable String node, ClientKind client, long sinceMs, @Nullable String revoked, @Nullable String principal) {

	/**
	 * What an onlooker may see who may not act: neither the lease's id, nor its token,
	 * nor the name of its node, which has the id in it.
	 * @return the place without them
	 */
	public Place concealed() {
		return new Place(this.lock, null, this.owner, this.mode, this.state, this.position, null, this.ttl,
				this.expiresInMs, null, this.client, this.sinceMs, this.revoked, this.principal);
	}

}
