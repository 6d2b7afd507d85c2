package io.roster.locks;

/**
 * How an operator's revocation or forced release ended.
 */
public enum EndResult {

	/** This call did it, and it is recorded. */
	DONE,

	/** There was nothing to end. */
	GONE

}
