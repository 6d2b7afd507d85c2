package io.roster.coordination;

/**
 * What applications may do with a znode that one of Roster's services creates. Roster's
 * services may do everything with each, and strangers nothing. In a process that is no
 * service of Roster's all of them are alike: what it creates is its own.
 */
public enum ZnodeGrant {

	/** Nothing: Roster's own records. */
	PRIVATE,

	/**
	 * Read it: leases, configuration, the instances that a service registers for others.
	 */
	READABLE,

	/**
	 * All but change its ACL: the roots, and what stands above places and instances,
	 * where applications create and delete.
	 */
	SHARED

}
