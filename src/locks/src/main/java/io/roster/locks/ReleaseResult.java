package io.roster.locks;

/**
 * How a release ended.
 */
public enum ReleaseResult {

	/** This call gave it back: it is gone. */
	RELEASED,

	/** It had expired, or had been released or revoked, before. */
	GONE,

	/** The lease belongs to another principal. Nothing was changed. */
	NOT_YOURS

}
