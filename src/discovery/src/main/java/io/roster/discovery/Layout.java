package io.roster.discovery;

/**
 * How an instance is laid out in the tree of znodes.
 */
public enum Layout {

	/** Roster's own: {@code /servers/<service><ten-digit sequence>}. */
	SEQUENTIAL,

	/** That of Curator and Spring Cloud ZooKeeper: {@code /services/<service>/<id>}. */
	CURATOR

}
