package io.roster.discovery.spring;

import org.apache.curator.RetryPolicy;
import org.apache.curator.RetrySleeper;
import org.apache.curator.framework.CuratorFramework;

import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.bootstrap.BootstrapContextClosedEvent;
import org.springframework.boot.bootstrap.BootstrapRegistry;
import org.springframework.boot.bootstrap.BootstrapRegistryInitializer;
import org.springframework.cloud.zookeeper.CuratorFactory;
import org.springframework.cloud.zookeeper.ZookeeperProperties;
import org.springframework.util.ClassUtils;

/**
 * Makes {@code spring.config.import=optional:zookeeper:} fit for an ensemble that is
 * away. Its client reads the values before there are beans and stays the process's only
 * one; it would try each context again and again, so that an application without an
 * ensemble starts after minutes, and nobody would close it.
 */
final class ConfigImportBootstrap implements BootstrapRegistryInitializer {

	private static final String FACTORY = "org.springframework.cloud.zookeeper.CuratorFactory";

	@Override
	public void initialize(BootstrapRegistry registry) {
		if (ClassUtils.isPresent(FACTORY, getClass().getClassLoader())) {
			registry.registerIfAbsent(RetryPolicy.class, (context) -> new StartedRetryPolicy(
					CuratorFactory.retryPolicy(context.get(ZookeeperProperties.class))));
			registry.addCloseListener(ConfigImportBootstrap::started);
		}
	}

	private static void started(BootstrapContextClosedEvent event) {
		if (!event.getBootstrapContext().isRegistered(CuratorFramework.class)) {
			return;
		}
		if (event.getBootstrapContext().get(RetryPolicy.class) instanceof StartedRetryPolicy policy) {
			policy.started = true;
		}
		CuratorFramework client = event.getBootstrapContext().get(CuratorFramework.class);
		if (client != null
				&& event.getApplicationContext().getBeanFactory() instanceof DefaultSingletonBeanRegistry beans) {
			// The first to be registered is the last to be destroyed.
			beans.registerDisposableBean("rosterConfigImportClient", client::close);
		}
	}

	/** Tries once while the application reads its configuration. */
	private static final class StartedRetryPolicy implements RetryPolicy {

		private final RetryPolicy policy;

		private volatile boolean started;

		StartedRetryPolicy(RetryPolicy policy) {
			this.policy = policy;
		}

		@Override
		public boolean allowRetry(int retryCount, long elapsedTimeMs, RetrySleeper sleeper) {
			return this.started && this.policy.allowRetry(retryCount, elapsedTimeMs, sleeper);
		}

	}

}
