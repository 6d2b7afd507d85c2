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
 */
public record LockOptions(String root, int fencingEpoch, Duration answerWithin, LockLimits limits) {

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
	 * {@linkplain LockLimits#defaults() default limits}.
	 * @return the options
	 */
	public static LockOptions defaults() {
		return new LockOptions("/locks", 0, Duration.ofSeconds(4), LockLimits.defaults());
	}

	/**
	 * The same below another znode.
	 * @param root an absolute path
	 * @return the options
	 */
	public LockOptions withRoot(String root) {
		return new LockOptions(root, this.fencingEpoch, this.answerWithin, this.limits);
	}

	/**
	 * The same with another epoch.
	 * @param fencingEpoch from 0 to 32,767
	 * @return the options
	 */
	public LockOptions withFencingEpoch(int fencingEpoch) {
		return new LockOptions(this.root, fencingEpoch, this.answerWithin, this.limits);
	}

	/**
	 * The same with another bound for answers.
	 * @param answerWithin how long a call may take beyond its wait
	 * @return the options
	 */
	public LockOptions withAnswerWithin(Duration answerWithin) {
		return new LockOptions(this.root, this.fencingEpoch, answerWithin, this.limits);
	}

	/**
	 * The same with other limits.
	 * @param limits what requests may ask for
	 * @return the options
	 */
	public LockOptions withLimits(LockLimits limits) {
		return new LockOptions(this.root, this.fencingEpoch, this.answerWithin, limits);
	}

}
