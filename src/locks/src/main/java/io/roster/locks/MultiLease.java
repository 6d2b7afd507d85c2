package io.roster.locks;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The answer about a lease of several locks. Its places were made by one transaction, so
 * that one token stands for all of them.
 *
 * @param lease the lease's id, a UUID
 * @param owner who asked for it, as the client said, if it did
 * @param locks the names of the locks, as they were asked for first
 * @param state HELD when it holds all of them
 * @param fencingToken the decimal token of a holder; a waiting lease has none
 * @param ttl how long the lease lives after a write, such as {@code 30s}
 * @param expiresInMs as that of a {@link Lease}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MultiLease(String lease, @Nullable String owner, List<String> locks, LeaseState state,
		@Nullable String fencingToken, String ttl, long expiresInMs) {

	public MultiLease {
		locks = List.copyOf(locks);
	}

	/** What the place says that carries the lease. */
	static MultiLease of(Lease lease, List<String> locks) {
		return new MultiLease(lease.lease(), lease.owner(), locks, lease.state(), lease.fencingToken(), lease.ttl(),
				lease.expiresInMs());
	}

}
