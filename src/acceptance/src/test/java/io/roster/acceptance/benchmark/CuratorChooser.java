package io.roster.acceptance.benchmark;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.utils.CloseableUtils;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.curator.x.discovery.ServiceProvider;
import org.apache.curator.x.discovery.strategies.RoundRobinStrategy;

/**
 * Curator's own load balancer, a {@code ServiceProvider} that takes the instances of its
 * {@code ServiceCache} in turn.
 */
final class CuratorChooser implements Chooser {

	private final ServiceDiscovery<Void> discovery;

	private final ServiceProvider<Void> provider;

	CuratorChooser(CuratorFramework client, String root, String service) throws Exception {
		this.discovery = CuratorProvider.discovery(client, root);
		this.provider = this.discovery.serviceProviderBuilder()
			.serviceName(service)
			.providerStrategy(new RoundRobinStrategy<>())
			.build();
		this.provider.start();
	}

	@Override
	public int choose() {
		try {
			ServiceInstance<Void> chosen = this.provider.getInstance();
			return (chosen != null) ? chosen.getPort() : -1;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public boolean lists(int port) {
		try {
			return this.provider.getAllInstances().stream().anyMatch((instance) -> instance.getPort() == port);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		CloseableUtils.closeQuietly(this.provider);
		CloseableUtils.closeQuietly(this.discovery);
	}

	@Override
	public String toString() {
		return "ServiceCache";
	}

}
