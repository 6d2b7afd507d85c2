package io.roster.locks;

import java.time.Duration;

import org.apache.zookeeper.common.PathUtils;

/**
 * The options of a {@link LockQueues}.
 *
 * @param root the znode below which the locks live; an absolute path other than {@code /}
 * @param fencingEpoch the part of the fencing tokens that an operator raises when the
 * ensemble was rebuilt, from 0 to 32,767
 * @param answerWithin how long a call may take beyond its wait before it is answered as
 * unavailable
 * @param limits what requests may ask for
 * @param handToHand whether a lock that is given back at this replica goes to the next
 * who waits at this replica before the ensemble has committed that, so that handovers are
 * not bound by its writes; safe, and can be switched off to trace a fault
 * @param writesTogether whether writes that come while others are on their way travel in
 * one transaction; safe, and can be switched off to trace a fault
 */
public record LockOptions(String root, int fencingEpoch, Duration answerWithin, LockLimits limits, boolean handToHand,
		boolean writesTogether) {

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one of them cannot be
	 */
	public LockOptions {
		PathUtils.validatePath(root);
		if (root.equals("/")) {
			throw new IllegalArgumentException(
					"the locks live below a znode of their own, such as /locks, not below /");
		}
		FencingTokens.checkEpoch(fencingEpoch);
	}

	/**
	 * The defaults: below {@code /locks}, answers within 4 s, and the
	 * {@linkplain LockLimits#defaults() default limits}, hand to hand, and writes
	 * together.
	 * @return the options
	 */
	public static LockOptions defaults() {
		return new LockOptions("/locks", 0, Duration.ofSeconds(4), LockLimits.defaults(), true, true);
	}

	/**
	 * The same below another znode.
	 * @param root an absolute path
	 * @return the options
	 */
	public LockOptions withRoot(String root) {
		return new LockOptions(root, this.fencingEpoch, this.answerWithin, this.limits, this.handToHand,
				this.writesTogether);
	}

	/**
	 * The same with another epoch.
	 * @param fencingEpoch from 0 to 32,767
	 * @return the options
	 */
	public LockOptions withFencingEpoch(int fencingEpoch) {
		return new LockOptions(this.root, fencingEpoch, this.answerWithin, this.limits, this.handToHand,
				this.writesTogether);
	}

	/**
	 * The same with another bound for answers.
	 * @param answerWithin how long a call may take beyond its wait
	 * @return the options
	 */
	public LockOptions withAnswerWithin(Duration answerWithin) {
		return new LockOptions(this.root, this.fencingEpoch, answerWithin, this.limits, this.handToHand,
				this.writesTogether);
	}

	/**
	 * The same with other limits.
	 * @param limits what requests may ask for
	 * @return the options
	 */
	public LockOptions withLimits(LockLimits limits) {
		return new LockOptions(this.root, this.fencingEpoch, this.answerWithin, limits, this.handToHand,
				this.writesTogether);
	}

	/**
	 * The same with or without handovers before the commit.
	 * @param handToHand whether they are made
	 * @return the options
	 */
	public LockOptions withHandToHand(boolean handToHand) {
		return new LockOptions(this.root, this.fencingEpoch, this.answerWithin, this.limits, handToHand,
				this.writesTogether);
	}

	/**
	 * The same with or without writes in common transactions.
	 * @param writesTogether whether they share transactions
	 * @return the options
	 */
	public LockOptions withWritesTogether(boolean writesTogether) {
		return new LockOptions(this.root, this.fencingEpoch, this.answerWithin, this.limits, this.handToHand,
				writesTogether);
	}

}
