package io.roster.locks;

/**
 * How a release ended. Either way the lease is gone.
 */
public enum ReleaseResult {

	/** This call gave it back. */
	RELEASED,

	/** It had expired, or had been released or revoked, before. */
	GONE

}
