package io.roster.acceptance.faults;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryForever;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The hands of an operator, and of programs that know nothing of Roster: a plain client
 * of the ensemble.
 */
final class Znodes implements AutoCloseable {

	static final String ROOT = "/servers";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final CuratorFramework client;

	Znodes(String connectString) {
		this.client = CuratorFrameworkFactory.builder()
			.connectString(connectString)
			.sessionTimeoutMs(20_000)
			.retryPolicy(new RetryForever(200))
			.build();
		this.client.start();
	}

	List<String> children(String path) {
		try {
			return this.client.getChildren().forPath(path);
		}
		catch (KeeperException.NoNodeException ex) {
			return List.of();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The name of the node below the root that names a port. */
	Optional<String> nodeOf(int port) {
		return children(ROOT).stream().filter((name) -> portOf(name) == port).findFirst();
	}

	/** The port in the data of a node, 0 where there is none. */
	int portOf(String name) {
		try {
			byte[] data = this.client.getData().forPath(ROOT + "/" + name);
			return (data.length > 0 && data[0] == '{') ? port(JSON.readTree(data)) : 0;
		}
		catch (KeeperException.NoNodeException ex) {
			return 0;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int port(JsonNode data) {
		return data.path("port").asInt(0);
	}

	long ownerOf(String name) {
		try {
			Stat stat = this.client.checkExists().forPath(ROOT + "/" + name);
			return (stat != null) ? stat.getEphemeralOwner() : 0;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Creates a node below the root and returns its path. */
	String create(CreateMode mode, String name, byte[] data) {
		try {
			return this.client.create().creatingParentsIfNeeded().withMode(mode).forPath(ROOT + "/" + name, data);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	String create(CreateMode mode, String name, String data) {
		return create(mode, name, data.getBytes(StandardCharsets.UTF_8));
	}

	void delete(String path) {
		try {
			this.client.delete().quietly().forPath(path);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * As {@code deleteall} of ZooKeeper's shell, again until the node itself is gone.
	 */
	void deleteAll(String path) {
		Awaitility.await("the deletion of " + path)
			.atMost(Consumer.BOUND)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> deleteTree(path));
	}

	private boolean deleteTree(String path) throws Exception {
		for (String child : children(path)) {
			delete(path + "/" + child);
		}
		try {
			this.client.delete().quietly().forPath(path);
			return true;
		}
		catch (KeeperException.NotEmptyException ex) {
			// Somebody has registered again between the two steps.
			return false;
		}
	}

	@Override
	public void close() {
		this.client.close();
	}

}
