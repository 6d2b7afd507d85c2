package io.roster.locks.client;

/**
 * Is told when this process begins to lead and when it ends. Called by the thread of the
 * election, one call after another, and to return soon: the end cannot be told while the
 * beginning still is.
 */
public interface LeadershipListener {

	/**
	 * This process leads. If this throws, the leadership is given up, and this process
	 * stands for it again a second later.
	 * @param leadership until when, and with which token
	 */
	void granted(Leadership leadership);

	/**
	 * This process does not lead any more. Called once for each leadership that was
	 * granted. Where it was not lost, nobody else leads before this has returned.
	 * @param leadership what was granted; says whether it was lost, and why
	 */
	void revoked(Leadership leadership);

}
