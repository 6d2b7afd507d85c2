package io.roster.locks.contract;

import io.roster.locks.AcquireResult;
import io.roster.locks.FindResult;
import io.roster.locks.Lease;
import io.roster.locks.LeaseState;
import io.roster.locks.MultiLease;
import io.roster.locks.MultiResult;
import io.roster.locks.RenewResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes leases out of answers.
 */
public final class Results {

	private Results() {
	}

	/**
	 * The lease of an answer that must be held.
	 * @param result the answer
	 * @return the lease
	 */
	public static Lease held(AcquireResult result) {
		assertThat(result).isInstanceOf(AcquireResult.Held.class);
		Lease lease = ((AcquireResult.Held) result).lease();
		assertThat(lease.state()).isEqualTo(LeaseState.HELD);
		return lease;
	}

	/**
	 * The lease of an answer that must wait.
	 * @param result the answer
	 * @return the lease
	 */
	public static Lease waiting(AcquireResult result) {
		assertThat(result).isInstanceOf(AcquireResult.Waiting.class);
		Lease lease = ((AcquireResult.Waiting) result).lease();
		assertThat(lease.state()).isEqualTo(LeaseState.WAITING);
		return lease;
	}

	/**
	 * The lease of a renewal that must be done.
	 * @param result the answer
	 * @return the lease
	 */
	public static Lease renewed(RenewResult result) {
		assertThat(result).isInstanceOf(RenewResult.Renewed.class);
		return ((RenewResult.Renewed) result).lease();
	}

	/**
	 * The lease of a look that must find it.
	 * @param result the answer
	 * @return the lease
	 */
	public static Lease found(FindResult result) {
		assertThat(result).isInstanceOf(FindResult.Found.class);
		return ((FindResult.Found) result).lease();
	}

	/**
	 * The lease of several locks of an answer that must have one.
	 * @param result the answer
	 * @param state what it must do
	 * @return the lease
	 */
	public static MultiLease standing(MultiResult result, LeaseState state) {
		assertThat(result).isInstanceOf(MultiResult.Standing.class);
		MultiLease lease = ((MultiResult.Standing) result).lease();
		assertThat(lease.state()).isEqualTo(state);
		return lease;
	}

	/**
	 * The token of a lease as a number.
	 * @param lease a lease that holds
	 * @return its token
	 */
	public static long token(Lease lease) {
		return Long.parseLong(String.valueOf(lease.fencingToken()));
	}

}
