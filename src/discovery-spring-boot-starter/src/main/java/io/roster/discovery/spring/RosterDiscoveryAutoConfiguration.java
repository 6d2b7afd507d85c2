package io.roster.discovery.spring;

import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorOptions;
import io.roster.discovery.Directory;
import io.roster.discovery.DirectoryOptions;
import io.roster.discovery.Registrar;
import io.roster.discovery.spring.RosterDiscoveryProperties.RegisterIn;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.ConditionalOnBlockingDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnReactiveDiscoveryEnabled;
import org.springframework.cloud.zookeeper.discovery.ConditionalOnZookeeperDiscoveryEnabled;
import org.springframework.cloud.zookeeper.discovery.ZookeeperDiscoveryAutoConfiguration;
import org.springframework.cloud.zookeeper.discovery.ZookeeperDiscoveryClient;
import org.springframework.cloud.zookeeper.discovery.ZookeeperDiscoveryClientConfiguration;
import org.springframework.cloud.zookeeper.discovery.ZookeeperDiscoveryProperties;
import org.springframework.cloud.zookeeper.discovery.ZookeeperInstance;
import org.springframework.cloud.zookeeper.discovery.dependency.ZookeeperDependencies;
import org.springframework.cloud.zookeeper.discovery.reactive.ZookeeperReactiveDiscoveryClient;
import org.springframework.cloud.zookeeper.discovery.reactive.ZookeeperReactiveDiscoveryClientConfiguration;
import org.springframework.cloud.zookeeper.serviceregistry.ZookeeperServiceRegistryAutoConfiguration;
import org.springframework.cloud.zookeeper.support.CuratorServiceDiscoveryAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * {@link AutoConfiguration Auto-configuration} that stands behind Spring Cloud
 * ZooKeeper's discovery: its {@link ServiceDiscovery} registers with the
 * {@link Registrar} and reads the {@link Directory}, so that its properties go on to
 * work.
 */
@AutoConfiguration(after = CoordinationAutoConfiguration.class,
		before = { CuratorServiceDiscoveryAutoConfiguration.class, ZookeeperServiceRegistryAutoConfiguration.class,
				ZookeeperDiscoveryAutoConfiguration.class, ZookeeperDiscoveryClientConfiguration.class,
				ZookeeperReactiveDiscoveryClientConfiguration.class })
@ConditionalOnDiscoveryEnabled
@ConditionalOnZookeeperDiscoveryEnabled
@ConditionalOnProperty(name = "roster.discovery.enabled", matchIfMissing = true)
@ConditionalOnBean(Coordination.class)
@EnableConfigurationProperties(RosterDiscoveryProperties.class)
public final class RosterDiscoveryAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(RosterDiscoveryAutoConfiguration.class);

	static final String MIRROR = "rosterDiscoveryMirror";

	static final String CURATOR_MIRROR = "rosterCuratorMirror";

	@Bean(name = MIRROR, destroyMethod = "close", defaultCandidate = false)
	@Qualifier(MIRROR)
	Mirror mirror(Coordination coordination, RosterDiscoveryProperties properties) {
		if (!properties.follow()) {
			logger.info("Follows nobody (roster.discovery.follow): this application finds its own instance alone");
		}
		return coordination.mirror(DiscoveryRoot.requireValid(properties.root()), options(properties));
	}

	private static MirrorOptions options(RosterDiscoveryProperties properties) {
		return properties.follow() ? MirrorOptions.withData() : MirrorOptions.ownNodes();
	}

	@Bean(name = CURATOR_MIRROR, destroyMethod = "close", defaultCandidate = false)
	@Qualifier(CURATOR_MIRROR)
	@Conditional(OnCuratorLayout.class)
	Mirror curatorMirror(Coordination coordination, RosterDiscoveryProperties roster,
			ZookeeperDiscoveryProperties properties) {
		return coordination.mirror(DiscoveryRoot.ofCurator(properties.getRoot()), options(roster));
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	Directory rosterDirectory(@Qualifier(MIRROR) Mirror mirror,
			@Qualifier(CURATOR_MIRROR) ObjectProvider<Mirror> curatorMirror, RosterDiscoveryProperties properties) {
		return Directory.over(mirror,
				DirectoryOptions.defaults()
					.withCurator(properties.curatorLayout() ? curatorMirror.getIfAvailable() : null)
					.withSuspectGrace(properties.suspectGrace())
					.withSnapshotFile(properties.snapshotFile()));
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	Registrar rosterRegistrar(@Qualifier(MIRROR) Mirror mirror,
			@Qualifier(CURATOR_MIRROR) ObjectProvider<Mirror> curatorMirror, RosterDiscoveryProperties properties) {
		Mirror curator = (properties.registerIn() == RegisterIn.BOTH) ? curatorMirror.getIfAvailable() : null;
		return (curator != null) ? Registrar.over(mirror, curator) : Registrar.over(mirror);
	}

	@Bean
	OwnInstances rosterOwnInstances(Registrar registrar) {
		return new OwnInstances(registrar);
	}

	@Bean
	DirectoryInstances rosterDirectoryInstances(Directory directory) {
		return new DirectoryInstances(directory);
	}

	@Bean
	@ConditionalOnMissingBean
	ServiceDiscovery<ZookeeperInstance> rosterServiceDiscovery(OwnInstances ownInstances, Directory directory) {
		return new RosterServiceDiscovery(ownInstances, directory);
	}

	@Bean
	StartupWait rosterStartupWait(Directory directory, CuratorFramework client, RosterDiscoveryProperties properties) {
		return new StartupWait(directory, client, properties.startupWait());
	}

	@Bean
	DrainOnShutdown rosterDrainOnShutdown(OwnInstances ownInstances, Directory directory,
			RosterDiscoveryProperties properties) {
		return new DrainOnShutdown(ownInstances, directory, properties.drainGrace());
	}

	@Bean
	DirectoryHeartbeat rosterDirectoryHeartbeat(Directory directory, ApplicationEventPublisher publisher) {
		return new DirectoryHeartbeat(directory, publisher);
	}

	@Bean
	static ServiceWatchRemoval rosterServiceWatchRemoval() {
		return new ServiceWatchRemoval();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBlockingDiscoveryEnabled
	static class BlockingConfiguration {

		@Bean
		@ConditionalOnMissingBean(ZookeeperDiscoveryClient.class)
		RosterDiscoveryClient rosterDiscoveryClient(DirectoryInstances instances,
				ServiceDiscovery<ZookeeperInstance> serviceDiscovery, ZookeeperDependencies dependencies,
				ZookeeperDiscoveryProperties properties) {
			return new RosterDiscoveryClient(instances, serviceDiscovery, dependencies, properties);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnReactiveDiscoveryEnabled
	static class ReactiveConfiguration {

		@Bean
		@ConditionalOnMissingBean(ZookeeperReactiveDiscoveryClient.class)
		RosterReactiveDiscoveryClient rosterReactiveDiscoveryClient(DirectoryInstances instances,
				ServiceDiscovery<ZookeeperInstance> serviceDiscovery, ZookeeperDependencies dependencies,
				ZookeeperDiscoveryProperties properties) {
			return new RosterReactiveDiscoveryClient(instances, serviceDiscovery, dependencies, properties);
		}

	}

}
