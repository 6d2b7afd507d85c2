package io.roster.ensemble;

/**
 * An ensemble of real members inside this JVM, on free loopback ports, with its data in a
 * folder that survives a restart of its members: for development and for tests.
 */
public final class LocalEnsemble implements AutoCloseable {

	private LocalEnsemble() {
	}

	/**
	 * Starts members in a new temporary folder that is deleted on close, and waits for
	 * their quorum.
	 * @param members how many members: one runs standalone, three and more elect a leader
	 * @return the running ensemble
	 */
	public static LocalEnsemble start(int members) {
		throw new IllegalStateException("in work");
	}

	/**
	 * Where clients connect.
	 * @return {@code 127.0.0.1:port} of every member, separated by commas
	 */
	public String connectString() {
		throw new IllegalStateException("in work");
	}

	/**
	 * Stops one member; its data stays.
	 * @param id the member's id, from 1
	 */
	public void stop(int id) {
		throw new IllegalStateException("in work");
	}

	/**
	 * Starts a stopped member on its own data and port.
	 * @param id the member's id, from 1
	 */
	public void start(int id, boolean emptied) {
		throw new IllegalStateException("in work");
	}

	/**
	 * Ends a session from outside, as the ensemble does when it expires.
	 * @param sessionId the session's id
	 */
	public void closeSession(long sessionId) {
		throw new IllegalStateException("in work");
	}

	@Override
	public void close() {
	}

}
