package io.roster.registry.registration;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorOptions;
import io.roster.discovery.InstanceData;
import io.roster.discovery.InstanceNodes;
import io.roster.ensemble.LocalEnsemble;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class RegistrationReplicasTests {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static final Owner ANYBODY = new Owner(null, true);

	private static final LocalEnsemble ensemble = LocalEnsemble.start(1);

	@AfterAll
	static void stop() {
		ensemble.close();
	}

	@Test
	void anotherReplicaKeepsAndExpiresWhatOneHasRegistered() throws Exception {
		try (Replica other = new Replica(System::nanoTime)) {
			Registered registered;
			try (Replica first = new Replica(System::nanoTime)) {
				registered = first.register("handed-over", Duration.ofSeconds(2));
				Stat instance = first.stat(registered.instance().path());
				Stat record = first.stat(first.recordOf(registered));
				assertThat(record.getCzxid()).isEqualTo(instance.getCzxid());
				assertThat(instance.getEphemeralOwner()).isZero();
			}
			Registered kept = other.heartbeat(registered);
			assertThat(kept.instance().id()).isEqualTo(registered.instance().id());
			String record = other.recordOf(registered);
			await().atMost(BOUND).until(() -> !other.stands(registered.instance().path()) && !other.stands(record));
			await().atMost(BOUND)
				.untilAsserted(
						() -> assertThatThrownBy(() -> other.heartbeat(registered)).hasCauseInstanceOf(Refused.class));
		}
	}

	@Test
	void heartbeatsInAThirdOfTheTtlAreOneWrite() throws Exception {
		AtomicLong now = new AtomicLong();
		try (Replica replica = new Replica(now::get)) {
			Registered registered = replica.register("thrifty", Duration.ofSeconds(30));
			String record = replica.recordOf(registered);
			for (int beat = 0; beat < 100; beat++) {
				replica.heartbeat(registered);
			}
			assertThat(replica.stat(record).getVersion()).isZero();
			now.addAndGet(TimeUnit.SECONDS.toNanos(10));
			assertThat(replica.heartbeat(registered).expiresIn()).isEqualTo(Duration.ofSeconds(30));
			assertThat(replica.stat(record).getVersion()).isEqualTo(1);
			now.addAndGet(TimeUnit.SECONDS.toNanos(9));
			assertThat(replica.heartbeat(registered).expiresIn()).isEqualTo(Duration.ofSeconds(21));
			assertThat(replica.stat(record).getVersion()).isEqualTo(1);
			assertThat(replica.stat(registered.instance().path()).getVersion()).isZero();
		}
	}

	@Test
	void aReplicaThatStoodStillGrantsAWholeTtlAnew() throws Exception {
		AtomicLong now = new AtomicLong();
		AtomicInteger looks = new AtomicInteger();
		try (Replica replica = new Replica(() -> {
			looks.incrementAndGet();
			return now.get();
		})) {
			Registered registered = replica.register("stalled", Duration.ofSeconds(10));
			await().atMost(BOUND).until(() -> replica.registrations.size() > 0);
			now.addAndGet(TimeUnit.HOURS.toNanos(1));
			int before = looks.get();
			await().atMost(BOUND).until(() -> looks.get() > before + 4);
			assertThat(replica.stands(registered.instance().path())).isTrue();
			// Second by second it expires as ever.
			await().atMost(BOUND).pollInterval(Duration.ofMillis(300)).until(() -> {
				now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1500));
				return !replica.stands(registered.instance().path());
			});
		}
	}

	@Test
	void anInstanceThatSomebodyDeletedLeavesNoRecord() throws Exception {
		try (Replica replica = new Replica(System::nanoTime)) {
			Registered registered = replica.register("deleted", Duration.ofSeconds(2));
			String record = replica.recordOf(registered);
			replica.coordination.client().delete().forPath(registered.instance().path());
			await().atMost(BOUND)
				.untilAsserted(() -> assertThatThrownBy(() -> replica.heartbeat(registered))
					.hasCauseInstanceOf(Refused.class));
			await().atMost(BOUND).until(() -> !replica.stands(record));
		}
	}

	@Test
	void whatBelongsToAnotherIsLeftAlone() throws Exception {
		try (Replica replica = new Replica(System::nanoTime)) {
			Registered registered = replica.registrations
				.register("owned", InstanceData.at("127.0.0.1", 9001), Duration.ofMinutes(1), "billing")
				.get(30, TimeUnit.SECONDS);
			String id = registered.instance().id();
			assertThatThrownBy(
					() -> replica.registrations.heartbeat(id, new Owner("rentals", false)).get(30, TimeUnit.SECONDS))
				.hasCauseInstanceOf(Refused.class);
			replica.registrations.heartbeat(id, new Owner("billing", false)).get(30, TimeUnit.SECONDS);
			replica.registrations.deregister(id, new Owner("billing", false)).get(30, TimeUnit.SECONDS);
			assertThat(replica.stands(registered.instance().path())).isFalse();
		}
	}

	/** What one registry server has. */
	private static final class Replica implements AutoCloseable {

		private final Coordination coordination;

		private final Registrations registrations;

		private final RegistrationExpiry expiry;

		Replica(LongSupplier ticker) throws Exception {
			this.coordination = Coordination.connect(ensemble.connectString(), Duration.ofSeconds(10));
			Mirror instances = this.coordination.mirror("/servers", MirrorOptions.withData());
			Mirror records = this.coordination.mirror(RegistrationRecord.ROOT, MirrorOptions.withData());
			instances.firstSnapshot().get(30, TimeUnit.SECONDS);
			records.firstSnapshot().get(30, TimeUnit.SECONDS);
			this.registrations = new Registrations(instances, records, ticker, Clock.systemUTC());
			this.expiry = new RegistrationExpiry(instances, records, this.registrations, ticker);
			this.expiry.start();
		}

		Registered register(String service, Duration ttl) throws Exception {
			return this.registrations.register(service, InstanceData.at("127.0.0.1", 9001), ttl, null)
				.get(30, TimeUnit.SECONDS);
		}

		Registered heartbeat(Registered registered) throws Exception {
			return this.registrations.heartbeat(registered.instance().id(), ANYBODY).get(30, TimeUnit.SECONDS);
		}

		String recordOf(Registered registered) throws Exception {
			byte[] data = this.coordination.client().getData().forPath(registered.instance().path());
			return RegistrationRecord.path(io.roster.discovery.InstanceNodes.registrationId(data).orElseThrow());
		}

		Stat stat(String path) throws Exception {
			return this.coordination.client().checkExists().forPath(path);
		}

		boolean stands(String path) throws Exception {
			return this.coordination.client().checkExists().forPath(path) != null;
		}

		@Override
		public void close() {
			this.expiry.close();
			this.coordination.close();
		}

	}

}
