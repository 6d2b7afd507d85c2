package io.roster.locks.spring;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.framework.state.ConnectionStateListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.integration.zookeeper.lock.ZookeeperLockRegistry;

/**
 * Spring Integration's registry, which in addition knows what it holds: so that a lock
 * that is held is never dropped from its cache (Spring Integration's issue 11113), and
 * that the loss of the connection is told, which the original keeps to itself.
 */
final class HoldingZookeeperLockRegistry extends ZookeeperLockRegistry {

	private static final Logger log = LoggerFactory.getLogger(HoldingZookeeperLockRegistry.class);

	private final CuratorFramework client;

	private final Consumer<HeldLocksInDoubt> doubts;

	private final ConcurrentMap<String, HoldingLock.Hold> held = new ConcurrentHashMap<>();

	private final ConnectionStateListener listener = (connection, state) -> onChange(state);

	/**
	 * Makes a registry. Closing it does not close the connection.
	 */
	HoldingZookeeperLockRegistry(CuratorFramework client, String root, Consumer<HeldLocksInDoubt> doubts) {
		super(client, new QueuePath(root));
		this.client = client;
		this.doubts = doubts;
		client.getConnectionStateListenable().addListener(this.listener);
	}

	@Override
	public Lock obtain(Object lockKey) {
		if (!(lockKey instanceof String name)) {
			throw new IllegalArgumentException("the key of a lock is its name, a String, not " + lockKey);
		}
		HoldingLock.Hold hold = this.held.get(name);
		return (hold != null) ? hold.lock() : new HoldingLock(name, super.obtain(name), this.held);
	}

	Set<String> heldLocks() {
		return new TreeSet<>(this.held.keySet());
	}

	private void onChange(ConnectionState state) {
		Set<String> names = heldLocks();
		if (names.isEmpty()) {
			return;
		}
		if (state == ConnectionState.SUSPENDED) {
			log.warn("The ZooKeeper connection is suspended; in doubt are the held locks {}", names);
			this.doubts.accept(new HeldLocksInDoubt(HeldLocksInDoubt.State.SUSPENDED, names));
		}
		else if (state == ConnectionState.LOST) {
			log.error("The ZooKeeper session is lost, and with it the held locks {}", names);
			this.doubts.accept(new HeldLocksInDoubt(HeldLocksInDoubt.State.LOST, names));
		}
		else if (state == ConnectionState.RECONNECTED) {
			log.info("The ZooKeeper connection is back; held locks: {}", names);
		}
	}

	@Override
	public void destroy() {
		this.client.getConnectionStateListenable().removeListener(this.listener);
		super.destroy();
	}

	/** The queue of a lock, where the lock service has it. */
	private record QueuePath(String root) implements KeyToPathStrategy {

		private QueuePath {
			if (!root.startsWith("/") || root.length() == 1 || root.endsWith("/")) {
				throw new IllegalArgumentException(
						"roster.locks.root is a path such as /locks, without a slash at its end, not '" + root + "'");
			}
		}

		@Override
		public String pathFor(String key) {
			if (key.isEmpty() || key.indexOf('/') >= 0) {
				throw new IllegalArgumentException(
						"the name of a lock is one segment of a path, without '/', not '" + key + "'");
			}
			return this.root + "/" + key;
		}

		/** Names come and go: locks that were not used for long may be forgotten. */
		@Override
		public boolean bounded() {
			return false;
		}

	}

}
