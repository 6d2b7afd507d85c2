package io.roster.acceptance.benchmark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.utils.CloseableUtils;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.apache.curator.x.discovery.ServiceDiscoveryBuilder;
import org.apache.curator.x.discovery.ServiceInstance;

/**
 * Registers by Curator's {@code ServiceDiscovery}.
 */
final class CuratorProvider implements Provider {

	/** Spring Cloud's default root belongs to its applications. */
	static final String ROOT = "/curator";

	private final ServiceDiscovery<Void> discovery;

	private final Map<Integer, ServiceInstance<Void>> instances = new ConcurrentHashMap<>();

	CuratorProvider(CuratorFramework client, String root) throws Exception {
		this.discovery = discovery(client, root);
	}

	static ServiceDiscovery<Void> discovery(CuratorFramework client, String root) throws Exception {
		ServiceDiscovery<Void> discovery = ServiceDiscoveryBuilder.builder(Void.class)
			.client(client)
			.basePath(root)
			.build();
		discovery.start();
		return discovery;
	}

	@Override
	public void start(int port) throws Exception {
		ServiceInstance<Void> instance = ServiceInstance.<Void>builder()
			.name(Fixtures.SERVICE)
			.address("127.0.0.1")
			.port(port)
			.build();
		this.instances.put(port, instance);
		this.discovery.registerService(instance);
	}

	@Override
	public void stop(int port) throws Exception {
		ServiceInstance<Void> instance = this.instances.remove(port);
		if (instance == null) {
			throw new IllegalStateException("nothing was started at " + port);
		}
		this.discovery.unregisterService(instance);
	}

	@Override
	public void close() {
		CloseableUtils.closeQuietly(this.discovery);
	}

}
