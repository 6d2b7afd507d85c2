package io.roster.locks;

/**
 * Where a lease stands.
 */
public enum LeaseState {

	/** It holds its lock. */
	HELD,

	/** It stands in the queue. */
	WAITING

}
