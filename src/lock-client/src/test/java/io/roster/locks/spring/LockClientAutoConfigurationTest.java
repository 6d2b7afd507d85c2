package io.roster.locks.spring;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.roster.locks.OnDeadlock;
import io.roster.locks.client.AcquireOptions;
import io.roster.locks.client.HeldLock;
import io.roster.locks.client.InvalidUrlException;
import io.roster.locks.client.Leadership;
import io.roster.locks.client.LockClient;
import io.roster.locks.client.LostLock;
import io.roster.locks.client.ScriptedReplica;
import net.javacrumbs.shedlock.core.ExtensibleLockProvider;
import net.javacrumbs.shedlock.core.LockProvider;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.integration.support.locks.DefaultLockRegistry;
import org.springframework.integration.support.locks.DistributedLock;
import org.springframework.integration.support.locks.LockRegistry;
import org.springframework.integration.zookeeper.lock.ZookeeperLockRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Which beans there are, and when. */
class LockClientAutoConfigurationTest {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LockClientAutoConfiguration.class, LockRegistryAutoConfiguration.class,
				ZookeeperLockRegistryAutoConfiguration.class, ShedLockAutoConfiguration.class,
				LeaderElectionAutoConfiguration.class));

	@Test
	void thereIsAClientWithDefaults() {
		this.runner.withPropertyValues("spring.application.name=billing").run((context) -> {
			LockClient client = context.getBean(LockClient.class);
			assertThat(client.defaults()).isEqualTo(AcquireOptions.defaults());
			assertThat(client.owner()).startsWith("billing@").endsWith(":" + ProcessHandle.current().pid());
		});
	}

	@Test
	void theClientIsMadeFromProperties() {
		this.runner
			.withPropertyValues("roster.locks.client.urls=http://lock-1:8770,http://lock-2:8770",
					"roster.locks.client.owner=me", "roster.locks.client.ttl=5s", "roster.locks.client.wait=2m",
					"roster.locks.client.renewed=false", "roster.locks.client.on-deadlock=refuse")
			.run((context) -> {
				LockClient client = context.getBean(LockClient.class);
				assertThat(client.owner()).isEqualTo("me");
				assertThat(client.defaults()).isEqualTo(AcquireOptions.defaults()
					.withTtl(Duration.ofSeconds(5))
					.withMaxWait(Duration.ofMinutes(2))
					.withOnDeadlock(OnDeadlock.REFUSE)
					.withoutRenewal());
			});
	}

	@Test
	void theTokenIsSentWithEveryRequest() {
		try (ScriptedReplica replica = new ScriptedReplica(ScriptedReplica.holds("7"))) {
			this.runner
				.withPropertyValues("roster.locks.client.urls=" + replica.url(), "roster.locks.client.token=rk_test")
				.run((context) -> context.getBean(LockClient.class).acquire("a").close());
			assertThat(replica.credentials()).isNotEmpty().containsOnly("Bearer rk_test");
		}
	}

	@Test
	void thereIsNoClientWhenItIsSwitchedOff() {
		this.runner.withPropertyValues("roster.locks.client.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(LockClient.class)
				.doesNotHaveBean(LockRegistry.class)
				.doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void aClientOfTheApplicationIsLeftAlone() {
		LockClient own = LockClient.builder().url(URI.create("http://127.0.0.1:1")).build();
		this.runner.withBean("own", LockClient.class, () -> own)
			.run((context) -> assertThat(context.getBean(LockClient.class)).isSameAs(own));
	}

	@Test
	void theApplicationHasTheLastWord() {
		this.runner.withBean(LockClientBuilderCustomizer.class, () -> (builder) -> builder.owner("customized"))
			.run((context) -> assertThat(context.getBean(LockClient.class).owner()).isEqualTo("customized"));
	}

	@Test
	void aBadUrlFailsTheStartWithTheProperty() {
		this.runner.withPropertyValues("roster.locks.client.urls=localhost:8770").run((context) -> {
			assertThat(context).getFailure().rootCause().isInstanceOf(InvalidUrlException.class);
			FailureAnalysis analysis = Objects.requireNonNull(
					new InvalidUrlFailureAnalyzer().analyze(Objects.requireNonNull(context.getStartupFailure())));
			assertThat(analysis.getDescription()).contains("localhost:8770");
			assertThat(analysis.getAction()).contains("roster.locks.client.urls");
		});
	}

	@Test
	void healthIsUpUntilTheServiceDoesNotAnswer() {
		this.runner
			.withPropertyValues("roster.locks.client.urls=http://127.0.0.1:1", "roster.locks.client.patience=10ms")
			.run((context) -> {
				LockClientHealthIndicator health = context.getBean(LockClientHealthIndicator.class);
				assertThat(health.health().getStatus()).isEqualTo(Status.UP);
				assertThat(catchThrowable(() -> context.getBean(LockClient.class).tryAcquire("a"))).isNotNull();
				assertThat(health.health().getStatus()).isEqualTo(Status.UNKNOWN);
				assertThat(health.health().getDetails()).containsEntry("heldLocks", 0);
			});
	}

	@Test
	void healthCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.health.lock-client.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void worksWithoutActuatorMicrometerAndSpringIntegration() {
		this.runner
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.health", "io.micrometer",
					"org.springframework.integration", "org.apache.curator", "net.javacrumbs"))
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(LockClient.class);
				assertThat(context.getBeanDefinitionNames()).noneMatch((name) -> name.contains("Health"))
					.noneMatch((name) -> name.contains("etrics"))
					.noneMatch((name) -> name.contains("Registry"));
			});
	}

	@Test
	void whatIsLostIsPublishedAndCounted() {
		try (ScriptedReplica replica = new ScriptedReplica(ScriptedReplica.holds("7"),
				ScriptedReplica.answers(410, "{\"detail\":\"gone\"}"))) {
			this.runner.withUserConfiguration(Losses.class)
				.withPropertyValues("roster.locks.client.urls=" + replica.url())
				.run((context) -> {
					SimpleMeterRegistry meters = new SimpleMeterRegistry();
					context.getBean(LockClientMetrics.class).bindTo(meters);
					HeldLock held = context.getBean(LockClient.class).acquire("a");
					assertThat(meters.get("roster.locks.client.held").gauge().value()).isEqualTo(1);
					assertThat(catchThrowable(held::renew)).isNotNull();
					List<LostLock> lost = context.getBean(Losses.class).lost;
					Awaitility.await().atMost(BOUND).until(() -> lost.size() == 1);
					assertThat(lost.get(0).lock()).isEqualTo("a");
					Awaitility.await()
						.atMost(BOUND)
						.until(() -> meters.get("roster.locks.client.lost")
							.tag("reason", "GONE")
							.functionCounter()
							.count() == 1);
					assertThat(meters.get("roster.locks.client.held").gauge().value()).isZero();
				});
		}
	}

	@Test
	void theRegistryIsOverTheLockService() {
		this.runner
			.run((context) -> assertThat(context.getBean(LockRegistry.class)).isInstanceOf(RosterLockRegistry.class));
	}

	@Test
	void withoutSpringIntegrationThereIsNoRegistry() {
		this.runner.withClassLoader(new FilteredClassLoader(DistributedLock.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RosterLockRegistry.class));
	}

	@Test
	void aRegistryOfTheApplicationIsLeftAlone() {
		this.runner.withBean("own", LockRegistry.class, DefaultLockRegistry::new)
			.withUserConfiguration(OwnConnection.class)
			.run((context) -> assertThat(context).getBean(LockRegistry.class).isInstanceOf(DefaultLockRegistry.class));
	}

	@Test
	void withAConnectionOfItsOwnTheRegistryIsOnZooKeeper() {
		this.runner.withUserConfiguration(OwnConnection.class).run((context) -> {
			assertThat(context).hasSingleBean(LockRegistry.class).hasSingleBean(ZookeeperLockRegistry.class);
			assertThat(context).hasSingleBean(LockClient.class);
		});
	}

	@Test
	void withAConnectionOfItsOwnTheRegistryCanBeOverTheLockService() {
		this.runner.withUserConfiguration(OwnConnection.class)
			.withPropertyValues("roster.locks.registry=http")
			.run((context) -> assertThat(context.getBean(LockRegistry.class)).isInstanceOf(RosterLockRegistry.class));
	}

	@Test
	void withoutAConnectionTheRegistryCannotBeOnZooKeeper() {
		this.runner.withPropertyValues("roster.locks.registry=zookeeper")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LockRegistry.class));
	}

	@Test
	void withoutSpringIntegrationsZooKeeperModuleTheRegistryIsOverTheLockService() {
		this.runner.withUserConfiguration(OwnConnection.class)
			.withClassLoader(new FilteredClassLoader(ZookeeperLockRegistry.class))
			.run((context) -> assertThat(context.getBean(LockRegistry.class)).isInstanceOf(RosterLockRegistry.class));
	}

	@Test
	void aRootThatIsNoPathFailsTheStart() {
		this.runner.withUserConfiguration(OwnConnection.class)
			.withPropertyValues("roster.locks.root=locks/")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("roster.locks.root")
				.hasMessageContaining("locks/"));
	}

	@Test
	void thereIsAProviderForShedLock() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(LockProvider.class)
			.getBean(LockProvider.class)
			.isInstanceOf(ExtensibleLockProvider.class));
	}

	@Test
	void withoutShedLockOrWithAProviderOfTheApplicationThereIsNone() {
		this.runner.withClassLoader(new FilteredClassLoader(LockProvider.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("lockProvider"));
		this.runner.withPropertyValues("roster.locks.shedlock.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LockProvider.class));
		this.runner.withBean("own", LockProvider.class, () -> (configuration) -> Optional.empty())
			.run((context) -> assertThat(context).hasSingleBean(LockProvider.class).hasBean("own"));
	}

	@Test
	void standsForNothingByDefault() {
		this.runner.run((context) -> {
			LeaderElections elections = context.getBean(LeaderElections.class);
			assertThat(elections.locks()).isEmpty();
			assertThat(elections.isRunning()).isFalse();
			assertThat(elections.isLeader("boss")).isFalse();
		});
	}

	@Test
	void whoLeadsIsPublishedAndTheLeadershipEndsWithTheApplication() {
		try (ScriptedReplica replica = new ScriptedReplica(ScriptedReplica.holds("7"),
				ScriptedReplica.answers(200, "{\"state\":\"RELEASED\"}"))) {
			Losses[] told = new Losses[1];
			this.runner.withUserConfiguration(Losses.class)
				.withPropertyValues("roster.locks.client.urls=" + replica.url(),
						"roster.locks.leader-election.locks=boss", "roster.locks.leader-election.ttl=1h")
				.run((context) -> {
					told[0] = context.getBean(Losses.class);
					Awaitility.await().atMost(BOUND).until(() -> told[0].granted.size() == 1);
					LeaderElections elections = context.getBean(LeaderElections.class);
					assertThat(elections.isLeader("boss")).isTrue();
					assertThat(elections.leadership("boss")).contains(told[0].granted.get(0));
					assertThat(elections.isLeader("another")).isFalse();
					SimpleMeterRegistry meters = new SimpleMeterRegistry();
					context.getBean("leaderElectionMetrics", MeterBinder.class).bindTo(meters);
					assertThat(meters.get("roster.locks.client.leader").tag("lock", "boss").gauge().value()).isOne();
					assertThat(told[0].revoked).isEmpty();
				});
			assertThat(told[0].revoked).containsExactlyElementsOf(told[0].granted);
			assertThat(told[0].revoked.get(0).loss()).isEmpty();
			assertThat(replica.calls()).hasSize(2);
			assertThat(replica.calls().get(1)).startsWith("DELETE");
			assertThat(replica.bodies().get(0)).contains("\"ttl\":\"PT1H\"");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConnection {

		@Bean(destroyMethod = "close")
		CuratorFramework curatorFramework() {
			// Not started: nothing in here asks it.
			return CuratorFrameworkFactory.newClient("127.0.0.1:1", new RetryOneTime(1));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Losses {

		private final List<LostLock> lost = new CopyOnWriteArrayList<>();

		private final List<Leadership> granted = new CopyOnWriteArrayList<>();

		private final List<Leadership> revoked = new CopyOnWriteArrayList<>();

		@EventListener
		void onLost(LostLock loss) {
			this.lost.add(loss);
		}

		@EventListener
		void onGranted(LeadershipGranted event) {
			this.granted.add(event.leadership());
		}

		@EventListener
		void onRevoked(LeadershipRevoked event) {
			this.revoked.add(event.leadership());
		}

	}

}
