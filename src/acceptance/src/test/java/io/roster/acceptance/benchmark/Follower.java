package io.roster.acceptance.benchmark;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorEvent;
import io.roster.coordination.MirrorOptions;
import io.roster.coordination.Subscription;
import io.roster.discovery.Directory;
import io.roster.discovery.ServiceEvent;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.utils.CloseableUtils;
import org.apache.curator.x.discovery.ServiceCache;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.apache.curator.x.discovery.ServiceDiscoveryBuilder;
import org.apache.curator.x.discovery.details.ServiceCacheListener;

import org.springframework.cloud.zookeeper.discovery.ZookeeperInstance;

/**
 * Keeps all instances below a root in memory, and is told of each change.
 */
interface Follower extends AutoCloseable {

	@Override
	void close();

	/**
	 * Roster's directory over its mirror, when it has been read.
	 * @param changed run at each change, after the directory has it
	 */
	static Follower directory(Coordination coordination, String root, Runnable changed) throws Exception {
		Mirror mirror = coordination.mirror(root, MirrorOptions.withData());
		Directory directory = Directory.over(mirror);
		directory.loaded().get(60, TimeUnit.SECONDS);
		Subscription subscription = directory.subscribe(Fixtures.SERVICE, (event) -> {
			if (!(event instanceof ServiceEvent.Snapshot)) {
				changed.run();
			}
		});
		return () -> {
			subscription.close();
			directory.close();
			mirror.close();
		};
	}

	/**
	 * Roster's mirror alone, when it has been read.
	 * @param changed run at each change, after the mirror has it
	 */
	static Follower mirror(Coordination coordination, String root, Runnable changed) throws Exception {
		Mirror mirror = coordination.mirror(root, MirrorOptions.withData());
		mirror.firstSnapshot().get(60, TimeUnit.SECONDS);
		Subscription subscription = mirror.subscribe((event) -> {
			if (event instanceof MirrorEvent.Changed) {
				changed.run();
			}
		});
		return () -> {
			subscription.close();
			mirror.close();
		};
	}

	/**
	 * Curator's cache, when it has been read.
	 * @param changed run at each change, after the cache has it
	 */
	static Follower cache(Coordination coordination, String root, Runnable changed) throws Exception {
		CuratorCache cache = CuratorCache.build(coordination.client(), root);
		CountDownLatch initialized = new CountDownLatch(1);
		cache.listenable().addListener(CuratorCacheListener.builder().forInitialized(initialized::countDown).build());
		cache.start();
		if (!initialized.await(60, TimeUnit.SECONDS)) {
			throw new IllegalStateException("CuratorCache was not initialized in 60 s");
		}
		cache.listenable()
			.addListener(CuratorCacheListener.builder().forAll((type, before, after) -> changed.run()).build());
		return cache::close;
	}

	/**
	 * Curator's cache of one service, when it has been read, as Spring Cloud ZooKeeper
	 * would use it.
	 * @param root of which the last part is the service's name
	 * @param changed run at each change, after the cache has it
	 */
	static Follower serviceCache(Coordination coordination, String root, Runnable changed) throws Exception {
		ServiceDiscovery<ZookeeperInstance> discovery = ServiceDiscoveryBuilder.builder(ZookeeperInstance.class)
			.client(coordination.client())
			.basePath(root.substring(0, root.lastIndexOf('/')))
			.build();
		ServiceCache<ZookeeperInstance> cache = discovery.serviceCacheBuilder()
			.name(root.substring(root.lastIndexOf('/') + 1))
			.build();
		cache.addListener(new ServiceCacheListener() {
			@Override
			public void cacheChanged() {
				changed.run();
			}

			@Override
			public void stateChanged(CuratorFramework client, ConnectionState state) {
				// another connection's state is no change of the list
			}
		});
		cache.start();
		return () -> CloseableUtils.closeQuietly(cache);
	}

	/** One of them. */
	@FunctionalInterface
	interface Kind {

		Follower follow(Coordination coordination, String root, Runnable changed) throws Exception;

	}

}
