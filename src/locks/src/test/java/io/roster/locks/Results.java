package io.roster.locks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes leases out of answers.
 */
final class Results {

	private Results() {
	}

	static Lease held(AcquireResult result) {
		assertThat(result).isInstanceOf(AcquireResult.Held.class);
		Lease lease = ((AcquireResult.Held) result).lease();
		assertThat(lease.state()).isEqualTo(LeaseState.HELD);
		return lease;
	}

	static Lease waiting(AcquireResult result) {
		assertThat(result).isInstanceOf(AcquireResult.Waiting.class);
		Lease lease = ((AcquireResult.Waiting) result).lease();
		assertThat(lease.state()).isEqualTo(LeaseState.WAITING);
		return lease;
	}

	static Lease renewed(RenewResult result) {
		assertThat(result).isInstanceOf(RenewResult.Renewed.class);
		return ((RenewResult.Renewed) result).lease();
	}

}
