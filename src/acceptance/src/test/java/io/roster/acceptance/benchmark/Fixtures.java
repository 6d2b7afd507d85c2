package io.roster.acceptance.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.roster.coordination.Coordination;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;

/**
 * Connections, and folders full of instances.
 */
final class Fixtures {

	static final String SERVICE = "bikesvc";

	static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

	private static final int BATCH = 500;

	private static final Duration BOUND = Duration.ofSeconds(30);

	private Fixtures() {
	}

	/** A connection that stands. */
	static Coordination connect(String connectString) throws InterruptedException {
		Coordination coordination = Coordination.connect(connectString, SESSION_TIMEOUT);
		if (!coordination.awaitConnected(BOUND)) {
			coordination.close();
			throw new IllegalStateException("no connection to " + connectString);
		}
		return coordination;
	}

	/** Instances below a root, with the data of a Spring Boot application each. */
	static void fill(CuratorFramework client, String root, int instances) throws Exception {
		client.create().creatingParentsIfNeeded().forPath(root);
		List<CuratorOp> batch = new ArrayList<>();
		for (int i = 0; i < instances; i++) {
			batch.add(client.transactionOp().create().forPath(path(root, i), data(i, 0)));
			if (batch.size() == BATCH || i == instances - 1) {
				client.transaction().forOperations(batch);
				batch.clear();
			}
		}
	}

	static String path(String root, int instance) {
		return String.format(Locale.ROOT, "%s/%s%010d", root, SERVICE, instance);
	}

	/** What the starter writes, with a metadata entry that can be changed. */
	static byte[] data(int instance, int version) {
		return """
				{"name":"bikesvc","id":"5d3f2a0e-7c1b-4e8a-9f60-%012d","address":"10.0.%d.%d","port":8790,"sslPort":null,\
				"payload":{"@class":"org.springframework.cloud.zookeeper.discovery.ZookeeperInstance",\
				"id":"5d3f2a0e-7c1b-4e8a-9f60-%012d","name":"bikesvc",\
				"metadata":{"zone":"a","version":"%d","instance_status":"UP"}},\
				"registrationTimeUTC":1790000000000,"serviceType":"DYNAMIC",\
				"uriSpec":{"parts":[{"value":"scheme","variable":true},{"value":"://","variable":false},\
				{"value":"address","variable":true},{"value":":","variable":false},{"value":"port","variable":true}]}}"""
			.formatted(instance, instance >> 8 & 255, instance & 255, instance, version)
			.getBytes(StandardCharsets.UTF_8);
	}

}
