package io.roster.locks;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the audit trail.
 *
 * @param revision where the ensemble stood then, a zxid as a decimal string; entries are
 * ordered by it
 * @param at when it was, by the clock of the replica that did it
 * @param change what happened
 * @param lock the name of the lock
 * @param node the name of the place's znode; absent for a grant
 * @param lease the lease; absent where the place was none
 * @param owner the owner, if it is known
 * @param fencingToken the token that was granted; absent for other changes
 * @param reason what the operator said; absent for grants and expiries
 * @param principal to whom the lease belonged; absent where it was anyone's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditRecord(String revision, Instant at, Change change, String lock, @Nullable String node,
		@Nullable String lease, @Nullable String owner, @Nullable String fencingToken, @Nullable String reason,
		@Nullable String principal) {

	AuditRecord at(long zxid) {
		return new AuditRecord(Long.toString(zxid), this.at, this.change, this.lock, this.node, this.lease, this.owner,
				this.fencingToken, this.reason, this.principal);
	}

	/** What happened. */
	public enum Change {

		/** A lease holds its lock. */
		GRANTED,

		/** Nobody renewed a lease for its TTL. */
		EXPIRED,

		/** An operator revoked a lease: it ends with its TTL. */
		REVOKED,

		/** An operator removed a place at once. */
		FORCED

	}

}
