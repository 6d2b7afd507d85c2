package io.roster.coordination;

import java.time.Duration;

import org.apache.curator.framework.CuratorFramework;

/**
 * A process's connection to its ensemble: one per process. Opens mirrors, and logs once
 * when the ensemble is lost and once when it is back.
 */
public final class Coordination implements AutoCloseable {

	private final CuratorFramework client;

	private Coordination(CuratorFramework client) {
		this.client = client;
	}

	/**
	 * Wraps a client that somebody else has started and closes.
	 * @param client a started client
	 * @return the connection; closing it closes its mirrors and leaves the client alone
	 */
	public static Coordination over(CuratorFramework client) {
		return new Coordination(client);
	}

	/**
	 * Creates and starts a client of its own. Returns at once, connected or not.
	 * @param connectString {@code host:port} pairs, separated by commas, with an optional
	 * chroot
	 * @param sessionTimeout the session timeout asked for; the server bounds it to 2 to
	 * 20 of its ticks
	 * @return the connection; closing it closes its mirrors and the client
	 */
	public static Coordination connect(String connectString, Duration sessionTimeout) {
		throw new IllegalStateException("in work");
	}

	/**
	 * The client underneath. Never keep the handle that it gives across a connection
	 * event.
	 * @return the client
	 */
	public CuratorFramework client() {
		return this.client;
	}

	/**
	 * Opens a mirror of a subtree, which starts to read at once. The root need not exist.
	 * @param root an absolute path
	 * @param options what it keeps
	 * @return the mirror; close it, or this connection, when it is no longer needed
	 */
	public Mirror mirror(String root, MirrorOptions options) {
		throw new IllegalStateException("in work");
	}

	/**
	 * Waits for the connection.
	 * @param bound the longest wait
	 * @return whether the connection is there
	 * @throws InterruptedException if the thread is interrupted
	 */
	public boolean awaitConnected(Duration bound) throws InterruptedException {
		throw new IllegalStateException("in work");
	}

	@Override
	public void close() {
	}

}
