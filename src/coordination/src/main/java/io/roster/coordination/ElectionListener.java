package io.roster.coordination;

/**
 * Is told of each new leader that a {@link Coordination} notices.
 */
@FunctionalInterface
public interface ElectionListener {

	/**
	 * Takes an election. Called on the event thread of the ZooKeeper handle, so it must
	 * neither block nor do I/O. An exception is logged and does not reach other
	 * listeners.
	 * @param election what was noticed
	 */
	void elected(Election election);

}
