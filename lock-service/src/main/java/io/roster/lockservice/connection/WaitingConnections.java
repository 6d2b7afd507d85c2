package io.roster.lockservice.connection;

/**
 * The connections on which a call waits for its answer, by the ids that
 * {@code ServletConnection.getConnectionId()} gives them. May be called on any thread.
 */
public interface WaitingConnections {

	/**
	 * Whether a call waits there.
	 * @param connectionId a connection
	 * @return whether it is worth a look
	 */
	boolean waits(String connectionId);

	/**
	 * The client has closed the connection, or at least its side of it: no one reads the
	 * answer, or it is the last one that anybody reads.
	 * @param connectionId a connection
	 */
	void left(String connectionId);

}
