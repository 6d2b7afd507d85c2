package io.roster.locks;

/**
 * How a lease wants its lock.
 */
public enum Mode {

	/** Alone. */
	EXCLUSIVE,

	/** Beside others that share it. */
	SHARED

}
