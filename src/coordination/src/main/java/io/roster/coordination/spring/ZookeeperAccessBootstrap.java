package io.roster.coordination.spring;

import java.util.Objects;

import org.springframework.boot.bootstrap.BootstrapContext;
import org.springframework.boot.bootstrap.BootstrapRegistry;
import org.springframework.boot.bootstrap.BootstrapRegistryInitializer;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cloud.zookeeper.CuratorFrameworkCustomizer;
import org.springframework.util.ClassUtils;

/**
 * Gives its credentials to the client that {@code spring.config.import=zookeeper:} makes
 * before there are beans, and that stays the only one of the process. They are read from
 * what is there before the import: the environment and the application's own files. A
 * customizer that the application registers itself takes the place of this one.
 */
final class ZookeeperAccessBootstrap implements BootstrapRegistryInitializer {

	private static final String CUSTOMIZER = "org.springframework.cloud.zookeeper.CuratorFrameworkCustomizer";

	@Override
	public void initialize(BootstrapRegistry registry) {
		if (ClassUtils.isPresent(CUSTOMIZER, getClass().getClassLoader())) {
			Customizer.register(registry);
		}
	}

	/** Apart, for applications without Spring Cloud ZooKeeper. */
	private static final class Customizer {

		static void register(BootstrapRegistry registry) {
			registry.registerIfAbsent(CuratorFrameworkCustomizer.class, Customizer::create);
		}

		private static CuratorFrameworkCustomizer create(BootstrapContext context) {
			return Objects.requireNonNull(context.get(Binder.class))
				.bindOrCreate("roster.zookeeper", ZookeeperAccessProperties.class)
				.toAccess()::applyTo;
		}

	}

}
