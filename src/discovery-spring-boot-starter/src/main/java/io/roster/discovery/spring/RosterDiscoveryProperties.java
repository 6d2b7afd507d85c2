package io.roster.discovery.spring;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of discovery. The address and the session timeout of the ensemble are Spring
 * Cloud ZooKeeper's own ({@code spring.cloud.zookeeper}), and so is what an instance says
 * about itself ({@code spring.cloud.zookeeper.discovery}).
 *
 * @param enabled whether Roster stands behind Spring Cloud's discovery
 * @param root the znode below which instances are registered and found
 * @param follow whether everybody's instances are followed; an application that calls no
 * other needs none of them, and costs the ensemble nothing when they come and go: then it
 * finds its own instance alone
 * @param startupWait how long a start waits for the first list of instances; without one
 * it goes on, and registers as soon as the ensemble can be reached
 * @param drainGrace how long a stopping application, already out of the lists, goes on to
 * take requests, so that every consumer has seen that it leaves
 * @param curatorLayout whether the instances of plain Spring Cloud ZooKeeper and Curator
 * applications are found too, below {@code spring.cloud.zookeeper.discovery.root}
 * @param suspectGrace how long instances stay in the lists when more than half of a
 * service has vanished at once; zero for no doubts
 * @param snapshotFile a file in which the last good lists are kept over a restart, so
 * that the application can start with them while the ensemble is away
 * @param registerIn in which layouts the own instance is registered
 * @param health how the own instance follows the health of the application
 * @param failover what becomes of a request whose instance is gone
 */
@ConfigurationProperties("roster.discovery")
public record RosterDiscoveryProperties(@DefaultValue("true") boolean enabled, @DefaultValue("/servers") String root,
		@DefaultValue("true") boolean follow, @DefaultValue("3s") Duration startupWait,
		@DefaultValue("1s") Duration drainGrace, @DefaultValue("true") boolean curatorLayout,
		@DefaultValue("30s") Duration suspectGrace, @Nullable Path snapshotFile,
		@DefaultValue("sequential") RegisterIn registerIn, @DefaultValue Health health,
		@DefaultValue Failover failover) {

	/**
	 * Where the own instance is registered.
	 */
	public enum RegisterIn {

		/** Below {@code roster.discovery.root} alone. */
		SEQUENTIAL,

		/**
		 * Below {@code spring.cloud.zookeeper.discovery.root} too, so that applications
		 * with plain Spring Cloud ZooKeeper or Curator's discovery find it.
		 */
		BOTH

	}

	/**
	 * How the own instance follows the health of the application, in an application with
	 * Spring Boot's Actuator: it is OUT_OF_SERVICE while the health is DOWN or
	 * OUT_OF_SERVICE.
	 *
	 * @param enabled whether the status of the own instance follows the health
	 * @param group the health group that counts, for example {@code readiness}; the whole
	 * health where none is named
	 * @param interval the pause between two checks; one that has not answered for two of
	 * them counts as DOWN
	 */
	public record Health(@DefaultValue("true") boolean enabled, @Nullable String group,
			@DefaultValue("5s") Duration interval) {
	}

	/**
	 * What becomes of a request whose instance is gone.
	 *
	 * @param enabled whether a request that was never sent, or that is idempotent and was
	 * not answered, goes to the next instance
	 * @param maxAttempts how many instances one request may be sent to
	 */
	public record Failover(@DefaultValue("true") boolean enabled, @DefaultValue("5") int maxAttempts) {
	}

}
