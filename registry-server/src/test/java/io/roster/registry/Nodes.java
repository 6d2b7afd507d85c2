package io.roster.registry;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryForever;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.data.Stat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Makes and deletes instances as other programs do, with a session of its own.
 */
final class Nodes implements AutoCloseable {

	private final CuratorFramework client;

	Nodes(String connectString) throws InterruptedException {
		this.client = CuratorFrameworkFactory.newClient(connectString, 10_000, 10_000, new RetryForever(100));
		this.client.start();
		assertThat(this.client.blockUntilConnected(15, TimeUnit.SECONDS)).isTrue();
	}

	/** Creates an instance with the data of Curator's serializer; returns its id. */
	String add(String service, int port) throws Exception {
		return add(service, instance(service, port, "UP"));
	}

	String add(String service, String data) throws Exception {
		String path = this.client.create()
			.creatingParentsIfNeeded()
			.withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
			.forPath("/servers/" + service, data.getBytes(StandardCharsets.UTF_8));
		return path.substring(path.lastIndexOf('/') + 1);
	}

	void addPersistent(String service, int port) throws Exception {
		this.client.create()
			.creatingParentsIfNeeded()
			.withMode(CreateMode.PERSISTENT_SEQUENTIAL)
			.forPath("/servers/" + service, instance(service, port, "UP").getBytes(StandardCharsets.UTF_8));
	}

	void set(String id, String data) throws Exception {
		this.client.setData().forPath("/servers/" + id, data.getBytes(StandardCharsets.UTF_8));
	}

	void remove(String id) throws Exception {
		this.client.delete().forPath("/servers/" + id);
	}

	/** Writes a persistent znode, whether it is there or not. */
	void write(String path, String data) throws Exception {
		this.client.create().orSetData().creatingParentsIfNeeded().forPath(path, data.getBytes(StandardCharsets.UTF_8));
	}

	String read(String path, Stat stat) throws Exception {
		return new String(this.client.getData().storingStatIn(stat).forPath(path), StandardCharsets.UTF_8);
	}

	static String instance(String service, int port, String status) {
		return """
				{"name":"%s","id":"x","address":"127.0.0.1","port":%d,"sslPort":null,"payload":{"@class":\
				"org.springframework.cloud.zookeeper.discovery.ZookeeperInstance","id":"x","name":"%s","metadata":\
				{"instance_status":"%s","zone":"a"}},"registrationTimeUTC":1,"serviceType":"DYNAMIC","uriSpec":null}"""
			.formatted(service, port, service, status);
	}

	@Override
	public void close() {
		this.client.close();
	}

}
