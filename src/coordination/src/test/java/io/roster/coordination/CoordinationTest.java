package io.roster.coordination;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.imps.CuratorFrameworkState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The connection: who closes what, what is logged, which threads stay. */
@Isolated("looks at the threads and at the log of the whole JVM")
class CoordinationTest {

	private static LocalEnsemble ensemble;

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
	}

	@AfterAll
	static void stop() {
		ensemble.close();
	}

	@Test
	void aClientOfSomebodyElseIsLeftAlone() throws Exception {
		try (CuratorFramework client = new ObservedHandles(false).client(ensemble.connectString(),
				Duration.ofSeconds(10))) {
			Coordination coordination = Coordination.over(client);
			Mirror mirror = Expect.loaded(coordination.mirror("/alone", MirrorOptions.withData()));
			coordination.close();
			coordination.close();
			assertThat(client.getState()).isEqualTo(CuratorFrameworkState.STARTED);
			assertThat(mirror.handle()).isNull();
			assertThatIllegalStateException().isThrownBy(() -> coordination.mirror("/alone", MirrorOptions.withData()))
				.withMessageContaining("/alone");
		}
	}

	@Test
	void theOwnClientIsClosedAndNoThreadStays() throws Exception {
		Expect.soon(() -> assertThat(clientThreads()).isEmpty());
		Coordination coordination = connect(ensemble.connectString());
		Expect.loaded(coordination.mirror("/own", MirrorOptions.withData()));
		assertThat(clientThreads()).isNotEmpty();
		coordination.close();
		coordination.close();
		assertThat(coordination.client().getState()).isEqualTo(CuratorFrameworkState.STOPPED);
		assertThat(coordination.sessionId()).isEmpty();
		Expect.soon(() -> assertThat(clientThreads()).isEmpty());
	}

	@Test
	void closingOnADeadConnectionIsOk() throws Exception {
		try (TcpProxy proxy = TcpProxy.to(ensemble.connectString())) {
			Coordination coordination = connect(proxy.connectString());
			Mirror mirror = Expect.loaded(coordination.mirror("/dead", MirrorOptions.withData()));
			proxy.cut();
			Expect.soon(() -> assertThat(mirror.stale()).isTrue());
			mirror.close();
			coordination.close();
			assertThat(mirror.snapshot().loaded()).isTrue();
		}
	}

	@Test
	void nobodyThereIsSaid() throws Exception {
		try (Coordination coordination = connect("127.0.0.1:1")) {
			assertThat(coordination.awaitConnected(Duration.ofMillis(200))).isFalse();
			assertThat(coordination.sessionId()).isEmpty();
		}
	}

	@Test
	void theSessionIsTheOwnerOfItsEphemeralNodes() throws Exception {
		try (Coordination coordination = connect(ensemble.connectString())) {
			assertThat(coordination.awaitConnected(Duration.ofSeconds(10))).isTrue();
			long session = coordination.sessionId().orElseThrow();
			assertThat(session).isEqualTo(coordination.client().getZookeeperClient().getZooKeeper().getSessionId());
		}
	}

	@Test
	void aPathIsMadePersistentWithItsParentsAndLeftAloneWhereItExists() throws Exception {
		try (Coordination coordination = connect(ensemble.connectString())) {
			coordination.ensurePath("/made/for/good").get(30, TimeUnit.SECONDS);
			coordination.client().setData().forPath("/made/for/good", Expect.bytes("kept"));
			coordination.ensurePath("/made/for/good").get(30, TimeUnit.SECONDS);
			assertThat(coordination.client().getData().forPath("/made/for/good")).isEqualTo(Expect.bytes("kept"));
			assertThat(coordination.client().getData().forPath("/made/for")).isEmpty();
			assertThat(coordination.client().checkExists().forPath("/made").getEphemeralOwner()).isZero();
		}
	}

	@Test
	void lossAndReturnAreLoggedOnceEach() throws Exception {
		try (TcpProxy proxy = TcpProxy.to(ensemble.connectString());
				LogLines log = LogLines.of(Coordination.class);
				Coordination coordination = connect(proxy.connectString())) {
			Mirror mirror = Expect.loaded(coordination.mirror("/logged", MirrorOptions.withData()));
			proxy.cut();
			Expect.soon(() -> assertThat(mirror.stale()).isTrue());
			Expect.soon(() -> assertThat(log.lines())
				.anySatisfy((line) -> assertThat(line).startsWith("WARN Ensemble lost")));
			proxy.heal();
			Expect.soon(() -> assertThat(mirror.stale()).isFalse());
			Expect.soon(() -> assertThat(log.lines()).hasSize(3));
			assertThat(log.lines().get(0)).startsWith("INFO Connected to the ensemble (127.0.0.1:");
			assertThat(log.lines().get(1)).startsWith("WARN Ensemble lost (127.0.0.1:");
			assertThat(log.lines().get(2)).matches("INFO Ensemble back after \\d+ s");
		}
	}

	@Test
	void wrongValuesAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new CoordinationOptions(System::nanoTime, Duration.ZERO))
			.withMessageContaining("PT0S");
		try (Coordination coordination = connect(ensemble.connectString())) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> coordination.mirror("no/slash", MirrorOptions.withData()));
		}
	}

	private static Coordination connect(String connectString) {
		return Coordination.connect(connectString, Duration.ofSeconds(10));
	}

	/**
	 * Curator's Curator-SafeNotifyService is not among them: it stays, and is Curator's.
	 */
	private static List<String> clientThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("roster-coordination") || name.startsWith("Curator-Framework")
					|| name.contains("-SendThread") || name.endsWith("-EventThread"))
			.toList();
	}

}
