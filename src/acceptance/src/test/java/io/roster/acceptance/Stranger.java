package io.roster.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/**
 * Somebody with network access to the ensemble, and nothing but ZooKeeper's own client.
 */
final class Stranger implements AutoCloseable {

	private final Queue<String> seen = new ConcurrentLinkedQueue<>();

	private final ZooKeeper client;

	/**
	 * Connects.
	 * @param connectString the ensemble
	 * @param digest {@code user:password}, or nothing
	 */
	Stranger(String connectString, String digest) throws InterruptedException {
		CountDownLatch connected = new CountDownLatch(1);
		try {
			this.client = new ZooKeeper(connectString, 30_000, (event) -> {
				if (event.getState() == KeeperState.SyncConnected) {
					connected.countDown();
				}
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		if (!connected.await(30, TimeUnit.SECONDS)) {
			throw new AssertionError("no connection to " + connectString);
		}
		if (!digest.isEmpty()) {
			this.client.addAuthInfo("digest", digest.getBytes(StandardCharsets.UTF_8));
		}
	}

	/** Tries all that can be tried with a path, and says what came of each. */
	Map<String, Code> tryAll(String path) throws InterruptedException {
		Map<String, Code> results = new LinkedHashMap<>();
		results.put("getData", code(() -> this.client.getData(path, false, new Stat())));
		results.put("getChildren", code(() -> this.client.getChildren(path, false)));
		results.put("countChildren", code(() -> this.client.getAllChildrenNumber(path)));
		results.put("exists", code(() -> this.client.exists(path, false)));
		results.put("getACL", code(() -> this.client.getACL(path, new Stat())));
		results.put("setData", code(() -> this.client.setData(path, new byte[0], -1)));
		results.put("setACL", code(() -> this.client.setACL(path, Ids.OPEN_ACL_UNSAFE, -1)));
		results.put("create", code(() -> this.client.create((path.equals("/") ? "" : path) + "/stranger", new byte[0],
				Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL_SEQUENTIAL)));
		results.put("delete", code(() -> {
			this.client.delete(path, -1);
			return path;
		}));
		return results;
	}

	/** Asks to be told of everything. */
	void watchEverything() throws Exception {
		this.client.addWatch("/", this::see, AddWatchMode.PERSISTENT_RECURSIVE);
	}

	private void see(WatchedEvent event) {
		if (event.getType() != EventType.None) {
			this.seen.add(event.toString());
		}
	}

	/** What he was told of all that was written before this call. */
	List<String> seen() throws InterruptedException {
		CountDownLatch answered = new CountDownLatch(1);
		this.client.sync("/", (rc, path, context) -> answered.countDown(), null);
		if (!answered.await(30, TimeUnit.SECONDS)) {
			throw new AssertionError("no answer to a sync");
		}
		return List.copyOf(this.seen);
	}

	private static Code code(Attempt attempt) throws InterruptedException {
		try {
			return (attempt.make() != null) ? Code.OK : Code.NONODE;
		}
		catch (KeeperException ex) {
			return ex.code();
		}
	}

	@Override
	public void close() throws InterruptedException {
		this.client.close();
	}

	/** One call. */
	@FunctionalInterface
	private interface Attempt {

		Object make() throws KeeperException, InterruptedException;

	}

}
