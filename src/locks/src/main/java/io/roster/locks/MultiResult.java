package io.roster.locks;

import java.util.List;

/**
 * How a call about a lease of several locks ended.
 */
public sealed interface MultiResult {

	/**
	 * It is there: it holds all its locks, or waits for some of them.
	 *
	 * @param lease the lease
	 */
	record Standing(MultiLease lease) implements MultiResult {
	}

	/**
	 * It is not, or not for this caller.
	 *
	 * @param why neither {@link AcquireResult.Held} nor {@link AcquireResult.Waiting}
	 */
	record Ended(AcquireResult why) implements MultiResult {
	}

	/** What the place says that carries the lease. */
	static MultiResult of(AcquireResult result, List<String> locks) {
		if (result instanceof AcquireResult.Held held) {
			return new Standing(MultiLease.of(held.lease(), locks));
		}
		return (result instanceof AcquireResult.Waiting waiting) ? new Standing(MultiLease.of(waiting.lease(), locks))
				: new Ended(result);
	}

	/** What the place says that carries the lease. */
	static MultiResult of(RenewResult result, List<String> locks) {
		if (result instanceof RenewResult.Renewed renewed) {
			return new Standing(MultiLease.of(renewed.lease(), locks));
		}
		if (result instanceof RenewResult.Revoked revoked) {
			return new Ended(new AcquireResult.Revoked(revoked.reason()));
		}
		return new Ended(
				(result instanceof RenewResult.NotYours) ? new AcquireResult.NotYours() : new AcquireResult.Gone());
	}

}
