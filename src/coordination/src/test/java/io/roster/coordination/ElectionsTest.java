package io.roster.coordination;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;

/** A change of leader is noticed by the epoch of what is seen, and told once. */
@Isolated("looks at the log of the whole JVM")
class ElectionsTest {

	private static final Duration BOUND = Duration.ofSeconds(60);

	private static LocalEnsemble ensemble;

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(3);
	}

	@AfterAll
	static void stop() {
		ensemble.close();
	}

	@Test
	void theLeaderStopsAndOneElectionIsToldForAllMirrors() throws Exception {
		try (Coordination coordination = connect();
				CuratorFramework writer = new ObservedHandles(false).client(ensemble.connectString(),
						Duration.ofSeconds(10))) {
			writer.create().orSetData().forPath("/elections");
			Mirror written = Expect.loaded(coordination.mirror("/elections", MirrorOptions.withData()));
			Expect.loaded(coordination.mirror("/silent", MirrorOptions.namesOnly()));
			ConnectionStatus before = coordination.status();
			assertThat(before.connected()).isTrue();
			assertThat(before.epoch()).isPositive();
			assertThat(before.elections()).isZero();
			List<Election> told = new CopyOnWriteArrayList<>();
			try (LogLines log = LogLines.of(Coordination.class); Subscription end = coordination.onElection((e) -> {
				told.add(e);
				throw new IllegalStateException("of one listener");
			}); Subscription second = coordination.onElection(told::add)) {
				int leader = ensemble.leaderId();
				ensemble.stop(leader);
				Expect.within(BOUND, () -> writer.create().orSetData().forPath("/elections/after"));
				Expect.within(BOUND, () -> assertThat(written.snapshot().node("/elections/after")).isPresent());
				Expect.within(BOUND, () -> assertThat(told).hasSizeGreaterThanOrEqualTo(2));
				ensemble.start(leader, false);
				Expect.within(BOUND, () -> writer.create().orSetData().forPath("/elections/again"));
				Expect.within(BOUND, () -> assertThat(written.snapshot().node("/elections/again")).isPresent());
				ConnectionStatus after = coordination.status();
				// Where the machine stalls the members may hold another one.
				assertThat(after.elections()).isBetween(1L, after.epoch() - before.epoch());
				assertThat(told.stream().distinct()).hasSize((int) after.elections());
				assertThat(told).hasSize(2 * (int) after.elections());
				assertThat(told.get(0).before()).isEqualTo(before.epoch());
				assertThat(told.get(told.size() - 1).epoch()).isEqualTo(after.epoch());
				assertThat(log.lines()).filteredOn((line) -> line.contains("leader was elected"))
					.hasSize((int) after.elections())
					.contains("INFO A new leader was elected: epoch %d (was %d)".formatted(told.get(0).epoch(),
							before.epoch()));
			}
		}
	}

	/** Nothing is written below the mirror; a session of somebody else is enough. */
	@Test
	void anElectionShowsWithAnyTransactionOfItsEpoch() throws Exception {
		try (Coordination coordination = connect()) {
			Expect.loaded(coordination.mirror("/nothing", MirrorOptions.namesOnly()));
			long before = coordination.status().epoch();
			int leader = ensemble.leaderId();
			ensemble.stop(leader);
			ensemble.start(leader, false);
			Expect.within(BOUND, () -> {
				try (CuratorFramework other = new ObservedHandles(false).client(ensemble.connectString(),
						Duration.ofSeconds(10))) {
					other.checkExists().forPath("/");
				}
			});
			Expect.within(BOUND, () -> assertThat(coordination.status().epoch()).isGreaterThan(before));
			assertThat(coordination.status().elections()).isPositive();
		}
	}

	@Test
	void aRebuiltEnsembleIsLoggedOnceForAllMirrorsAndIsNoElection() throws Exception {
		try (LocalEnsemble one = LocalEnsemble.start(1);
				LogLines log = LogLines.of(Coordination.class);
				Coordination coordination = Coordination.connect(one.connectString(), Duration.ofSeconds(10))) {
			coordination.client().create().creatingParentsIfNeeded().forPath("/a/node");
			coordination.client().create().creatingParentsIfNeeded().forPath("/b/node");
			Mirror first = Expect.loaded(coordination.mirror("/a", MirrorOptions.withData()));
			Mirror second = Expect.loaded(coordination.mirror("/b", MirrorOptions.namesOnly()));
			one.stop(1);
			one.start(1, true);
			Expect.within(BOUND, () -> assertThat(first.snapshot().size() + second.snapshot().size()).isZero());
			assertThat(log.lines()).filteredOn((line) -> line.contains("lost its data")).hasSize(1);
			assertThat(log.lines()).noneMatch((line) -> line.contains("elected"));
			Expect.within(BOUND, () -> assertThat(coordination.status().sessionsLost()).isPositive());
			Expect.within(BOUND, () -> assertThat(coordination.status().reconnects()).isPositive());
		}
	}

	@Test
	void theNewestZxidOfAHandleIsKnown() throws Exception {
		try (Coordination coordination = connect()) {
			Mirror mirror = Expect.loaded(coordination.mirror("/", MirrorOptions.namesOnly()));
			coordination.client().create().orSetData().forPath("/zxid");
			long created = coordination.client().checkExists().forPath("/zxid").getMzxid();
			Expect.soon(() -> assertThat(mirror.handle()).isNotNull()
				.satisfies((handle) -> assertThat(Elections.lastZxid(handle)).isGreaterThanOrEqualTo(created)));
		}
	}

	@Test
	void lowerAndUnknownZxidsAreNoElections() {
		Elections elections = new Elections();
		AtomicInteger told = new AtomicInteger();
		elections.add((election) -> told.incrementAndGet());
		elections.saw(-1);
		elections.saw(0);
		assertThat(elections.epoch()).isEqualTo(-1);
		elections.saw(5L << 32 | 7);
		elections.saw(5L << 32 | 8);
		elections.saw(4L << 32 | 9);
		assertThat(told).hasValue(0);
		assertThat(elections.epoch()).isEqualTo(5);
		elections.saw(8L << 32 | 1);
		assertThat(told).hasValue(1);
		assertThat(elections.count()).isEqualTo(1);
		assertThat(elections.epoch()).isEqualTo(8);
	}

	private static Coordination connect() {
		return Coordination.connect(ensemble.connectString(), Duration.ofSeconds(10));
	}

}
