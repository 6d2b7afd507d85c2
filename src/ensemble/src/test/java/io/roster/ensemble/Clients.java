package io.roster.ensemble;

import java.io.IOException;
import java.time.Duration;

import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.awaitility.Awaitility;

/** Raw clients, for what a test writes and reads. */
final class Clients {

	private Clients() {
	}

	static ZooKeeper connect(String connectString) throws IOException {
		return connect(connectString, new ZKClientConfig());
	}

	static ZooKeeper connect(String connectString, ZKClientConfig config) throws IOException {
		ZooKeeper client = new ZooKeeper(connectString, 10_000, (event) -> {
		}, config);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> client.getState().isConnected());
		return client;
	}

	static void write(String connectString, String path, byte[] data)
			throws IOException, InterruptedException, KeeperException {
		try (ZooKeeper client = connect(connectString)) {
			client.create(path, data, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
		}
	}

	static boolean exists(String connectString, String path) throws IOException, InterruptedException, KeeperException {
		try (ZooKeeper client = connect(connectString)) {
			return client.exists(path, false) != null;
		}
	}

}
