package io.roster.locks;

/**
 * What becomes of a request that would wait in a cycle of owners who wait for each other.
 */
public enum OnDeadlock {

	/** It waits; the cycle is reported. */
	WAIT,

	/** It is refused, and nothing is left behind. */
	REFUSE

}
