package io.roster.coordination;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.imps.CuratorFrameworkState;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.framework.state.ConnectionStateListener;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ConnectStringParser;
import org.apache.zookeeper.common.PathUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's connection to its ensemble: one per process. Opens mirrors, and logs once
 * when the ensemble is lost and once when it is back.
 * <p>
 * Safe for use by many threads. It has one daemon thread of its own, which asks for the
 * client's handle and sends the heartbeats of its mirrors.
 */
public final class Coordination implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Coordination.class);

	private static final int TICKS_PER_HEARTBEAT = 4;

	private final CuratorFramework client;

	private final boolean ownsClient;

	private final CoordinationOptions options;

	private final Set<SubtreeMirror> mirrors = ConcurrentHashMap.newKeySet();

	private final ConnectionLog log;

	private final Elections elections = new Elections();

	private final ConnectionStateListener connectionListener = this::connectionChanged;

	private final ScheduledThreadPoolExecutor thread;

	private @Nullable ScheduledFuture<?> ticks;

	private volatile boolean closed;

	private Coordination(CuratorFramework client, boolean ownsClient, CoordinationOptions options) {
		this.client = client;
		this.ownsClient = ownsClient;
		this.options = options;
		this.log = new ConnectionLog(options.ticker(), () -> client.getZookeeperClient().getCurrentConnectionString());
		this.thread = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread created = new Thread(task, "roster-coordination");
			created.setDaemon(true);
			return created;
		});
	}

	/**
	 * As {@link #over(CuratorFramework, CoordinationOptions)}, by the JVM's clock.
	 * @param client a started client
	 * @return the connection
	 */
	public static Coordination over(CuratorFramework client) {
		return over(client, CoordinationOptions.defaults());
	}

	/**
	 * Wraps a client that somebody else has started and closes.
	 * @param client a started client
	 * @param options how time is measured, and who the client is, which is not changed
	 * here
	 * @return the connection; closing it closes its mirrors and leaves the client alone
	 */
	public static Coordination over(CuratorFramework client, CoordinationOptions options) {
		Coordination coordination = new Coordination(client, false, options);
		coordination.start();
		return coordination;
	}

	/**
	 * As {@link #connect(String, Duration, CoordinationOptions)}, by the JVM's clock.
	 * @param connectString {@code host:port} pairs, separated by commas
	 * @param sessionTimeout the session timeout asked for
	 * @return the connection
	 */
	public static Coordination connect(String connectString, Duration sessionTimeout) {
		return connect(connectString, sessionTimeout, CoordinationOptions.defaults());
	}

	/**
	 * Creates and starts a client of its own. Returns at once, connected or not.
	 * @param connectString {@code host:port} pairs, separated by commas, with an optional
	 * chroot
	 * @param sessionTimeout the session timeout asked for; the server bounds it to 2 to
	 * 20 of its ticks
	 * @param options how time is measured, and who this process is
	 * @return the connection; closing it closes its mirrors and the client
	 */
	public static Coordination connect(String connectString, Duration sessionTimeout, CoordinationOptions options) {
		CuratorFramework client = OwnClient.of(connectString, sessionTimeout, options.access());
		Coordination coordination = new Coordination(client, true, options);
		client.start();
		coordination.start();
		return coordination;
	}

	private void start() {
		this.client.getConnectionStateListenable().addListener(this.connectionListener);
		this.log.started(this.client.getZookeeperClient().isConnected());
		long tick = Math.max(1, this.options.heartbeat().toNanos() / TICKS_PER_HEARTBEAT);
		this.ticks = this.thread.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.NANOSECONDS);
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
	 * Who this process is to the ensemble: what all must use that create znodes with the
	 * client's handle.
	 * @return the access
	 */
	public ZnodeAccess access() {
		return this.options.access();
	}

	/**
	 * Opens a mirror of a subtree, which starts to read at once. The root need not exist.
	 * @param root an absolute path; the client's namespace, if it has one, is not put in
	 * front of it
	 * @param options what it keeps
	 * @return the mirror; close it, or this connection, when it is no longer needed
	 * @throws IllegalArgumentException if the root is no valid path
	 * @throws IllegalStateException if this connection is closed
	 */
	public Mirror mirror(String root, MirrorOptions options) {
		PathUtils.validatePath(root);
		SubtreeMirror mirror = new SubtreeMirror(this, root, options, this.options);
		this.mirrors.add(mirror);
		if (this.closed) {
			mirror.close();
			throw new IllegalStateException("The connection is closed, so " + root + " cannot be mirrored");
		}
		attachSoon(mirror);
		return mirror;
	}

	/**
	 * Waits for the connection.
	 * @param bound the longest wait
	 * @return whether the connection is there
	 * @throws InterruptedException if the thread is interrupted
	 */
	public boolean awaitConnected(Duration bound) throws InterruptedException {
		return this.client.blockUntilConnected(Math.toIntExact(bound.toMillis()), TimeUnit.MILLISECONDS);
	}

	/**
	 * The session of this process: what its ephemeral nodes have as their owner. Does not
	 * wait for a connection. A session that is here now may be gone when its answer is
	 * used.
	 * @return the id, or empty while there is no connection
	 */
	public OptionalLong sessionId() {
		ZooKeeper handle = currentHandle();
		return (handle != null && handle.getState().isConnected()) ? OptionalLong.of(handle.getSessionId())
				: OptionalLong.empty();
	}

	/**
	 * How the connection stands. Asks nobody.
	 * @return the state, and counts since the start
	 */
	public ConnectionStatus status() {
		return this.log.status(this.elections);
	}

	/**
	 * Follows changes of leader, as far as this connection's mirrors show them; each is
	 * logged once too. ZooKeeper tells clients of no election, and an election is no
	 * transaction: a new epoch shows with its first transaction that the server of this
	 * connection has, anybody's session that begins or ends for example, or at once where
	 * that server leads. Mirrors that hear nothing look once a heartbeat. So one may be
	 * noticed late, and two that nothing was written between are noticed as one.
	 * @param listener whom to tell of elections from now on
	 * @return ends the subscription when it is closed
	 */
	public Subscription onElection(ElectionListener listener) {
		return this.elections.add(listener);
	}

	Elections elections() {
		return this.elections;
	}

	/**
	 * Makes sure that a node is there: creates it and its parents, persistent, empty and
	 * {@link ZnodeGrant#SHARED}, where they are missing, and leaves those alone that
	 * exist. Does not block; tries again while the connection is lost for as long as the
	 * client's retry policy says.
	 * @param path an absolute path; the client's namespace is not put in front of it
	 * @return completes when the node is there, exceptionally when it could not be
	 * created; on a thread of the client, which must not be blocked
	 */
	public CompletableFuture<Void> ensurePath(String path) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		try {
			this.client.usingNamespace(null)
				.create()
				.creatingParentsIfNeeded()
				.withMode(CreateMode.PERSISTENT)
				.withACL(access().acl(ZnodeGrant.SHARED), true)
				.inBackground((client, event) -> {
					Code code = Code.get(event.getResultCode());
					if (code == Code.OK || code == Code.NODEEXISTS) {
						done.complete(null);
					}
					else {
						done.completeExceptionally(KeeperException.create(code, path));
					}
				})
				.forPath(path, new byte[0]);
		}
		catch (Exception ex) {
			done.completeExceptionally(ex);
		}
		return done;
	}

	/**
	 * Closes the mirrors, and the client if it was made here. Closing twice does nothing.
	 */
	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.client.getConnectionStateListenable().removeListener(this.connectionListener);
		this.mirrors.forEach(SubtreeMirror::close);
		if (this.ticks != null) {
			this.ticks.cancel(false);
		}
		this.thread.shutdown();
		if (this.ownsClient) {
			this.client.close();
		}
	}

	private void connectionChanged(CuratorFramework source, ConnectionState state) {
		this.log.changed(state);
		if (state.isConnected()) {
			this.mirrors.forEach(this::attachSoon);
		}
	}

	void attachSoon(SubtreeMirror mirror) {
		try {
			this.thread.execute(() -> attach(mirror));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("No need to read {}: the connection is closed", mirror.root(), ex);
		}
	}

	void forget(SubtreeMirror mirror) {
		this.mirrors.remove(mirror);
	}

	/**
	 * Removes the watch as far as that harms nobody. The client can only tell the server
	 * to forget the watch of all its watchers of a path; what is left on the server goes
	 * with the session, and its events are dropped by the client.
	 */
	void removeWatch(ZooKeeper handle, String root, Watcher watcher, WatcherType type) {
		if (!handle.getState().isConnected()) {
			return;
		}
		boolean alone = this.ownsClient && this.mirrors.stream().noneMatch((mirror) -> mirror.root().equals(root));
		if (alone) {
			handle.removeAllWatches(root, type, true, (rc, path, context) -> {
			}, null);
		}
		else {
			handle.removeWatches(root, watcher, type, true, (rc, path, context) -> {
			}, null);
		}
	}

	private void attach(SubtreeMirror mirror) {
		ZooKeeper handle = currentHandle();
		if (handle != null) {
			mirror.attach(handle);
		}
	}

	private void tick() {
		this.mirrors.forEach((mirror) -> {
			try {
				attach(mirror);
				mirror.heartbeat();
			}
			catch (RuntimeException ex) {
				// One that fails must not end the ticks of the others.
				logger.error("The mirror of {} could not be kept", mirror.root(), ex);
			}
		});
	}

	/** What the ensemble puts in front of this client's paths: empty for nothing. */
	String chroot() {
		String chroot = new ConnectStringParser(this.client.getZookeeperClient().getCurrentConnectionString())
			.getChrootPath();
		return (chroot != null) ? chroot : "";
	}

	/** The client's current handle, asked for each time. */
	@Nullable ZooKeeper currentHandle() {
		if (this.client.getState() != CuratorFrameworkState.STARTED) {
			return null;
		}
		try {
			return this.client.getZookeeperClient().getZooKeeper();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
		catch (Exception ex) {
			// Such as an address that cannot be resolved now; the next tick asks again.
			logger.debug("The client has no handle now", ex);
			return null;
		}
	}

}
