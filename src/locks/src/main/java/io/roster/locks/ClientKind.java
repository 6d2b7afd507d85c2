package io.roster.locks;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Whose place in a queue it is.
 */
public enum ClientKind {

	/** A lease of the lock service. */
	@JsonProperty("rest")
	REST,

	/** A session's own node, named as Curator's recipes name theirs. */
	@JsonProperty("curator")
	CURATOR,

	/** Anything else. */
	@JsonProperty("foreign")
	FOREIGN

}
