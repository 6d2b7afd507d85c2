package io.roster.acceptance.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.roster.acceptance.Http;
import io.roster.ensemble.LocalEnsemble;
import org.apache.zookeeper.CreateMode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever becomes of the ensemble and of the connections to it, no request fails: two
 * instances of demo-bikesvc and a consumer on three members, which they reach through
 * proxies, the providers through others than the consumer.
 */
@Tag("faults")
@TestInstance(Lifecycle.PER_CLASS)
class EnsembleFaultsIT {

	private final List<StallingProxy> consumerLines = new ArrayList<>();

	private final List<StallingProxy> providerLines = new ArrayList<>();

	private LocalEnsemble ensemble;

	private Znodes znodes;

	private Scene scene;

	private Provider first;

	private Provider second;

	private Consumer consumer;

	private String name;

	@BeforeAll
	void start(@TempDir Path folder) {
		this.ensemble = LocalEnsemble.start(3);
		this.znodes = new Znodes(this.ensemble.connectString());
		for (int id : this.ensemble.memberIds()) {
			this.consumerLines.add(new StallingProxy(this.ensemble.connectString(id)));
			this.providerLines.add(new StallingProxy(this.ensemble.connectString(id)));
		}
		this.scene = new Scene(folder);
		this.first = this.scene.launchBikesvc(through(this.providerLines));
		this.second = this.scene.launchBikesvc(through(this.providerLines));
		this.consumer = this.scene.launchConsumer(ClassPaths.withRoster(folder), through(this.consumerLines));
		this.first.process().awaitReady();
		this.second.process().awaitReady();
		this.consumer.process().awaitReady();
	}

	private static String through(List<StallingProxy> lines) {
		return lines.stream().map(StallingProxy::address).collect(Collectors.joining(","));
	}

	@AfterAll
	void stop() throws IOException {
		this.scene.close();
		this.znodes.close();
		for (StallingProxy line : this.consumerLines) {
			line.close();
		}
		for (StallingProxy line : this.providerLines) {
			line.close();
		}
		this.ensemble.close();
	}

	@BeforeEach
	void allAreThere(TestInfo test) {
		this.name = test.getTestMethod().orElseThrow().getName();
		allCameBack();
	}

	@AfterEach
	void allCameBack() {
		for (Provider each : providers()) {
			awaitRegistered(each);
		}
		this.consumer.awaitInstances(providers());
	}

	private List<Provider> providers() {
		return List.of(this.first, this.second);
	}

	/** Registered, and under the name that it thinks it has. */
	private void awaitRegistered(Provider provider) {
		Awaitility.await("one node of " + provider.address()).atMost(Consumer.BOUND).untilAsserted(() -> {
			String own = Http.get(provider.process().uri("/bikes")).json().path("servedBy").asString();
			List<String> nodes = this.znodes.children(Znodes.ROOT)
				.stream()
				.filter((node) -> this.znodes.portOf(node) == provider.process().port())
				.toList();
			assertThat(nodes).containsExactly(own);
		});
	}

	@Test
	@Tag("core")
	void theSessionOfAProviderExpires() throws Exception {
		Scene.assertNoneFails(this.name, this.consumer, () -> expireSession(this.first));
	}

	@Test
	@Tag("core")
	void theSessionOfTheConsumerExpires() throws Exception {
		Scene.assertNoneFails(this.name, this.consumer, () -> {
			long session = this.consumer.session();
			this.ensemble.closeSession(session);
			Awaitility.await("another session")
				.atMost(Consumer.BOUND)
				.until(() -> this.consumer.session() != session && this.consumer.session() != 0);
		});
	}

	@Test
	void aFollowerStops() throws Exception {
		Scene.assertNoneFails(this.name, this.consumer, () -> restart(this.ensemble.followerIds().get(0)));
	}

	@Test
	@Tag("core")
	void theLeaderStops() throws Exception {
		Scene.assertNoneFails(this.name, this.consumer, () -> restart(this.ensemble.leaderId()));
	}

	@Test
	void theEnsembleIsRestartedWithItsData() throws Exception {
		Scene.assertNoneFails(this.name, this.consumer, () -> {
			stopAll();
			startAll(false);
		});
	}

	@Test
	void theEnsembleIsRestartedWithoutItsData() throws Exception {
		Scene.assertNoneFails(this.name, this.consumer, () -> {
			stopAll();
			startAll(true);
			allCameBack();
		});
	}

	@Test
	void theEnsembleStaysAwayForLongerThanTheSessionTimeout() throws Exception {
		Scene.assertNoneFails(this.name, this.consumer, () -> {
			stopAll();
			pass(Duration.ofMillis(3L * Scene.SESSION_TIMEOUT_MS));
			startAll(false);
			allCameBack();
		});
	}

	@Test
	@Tag("core")
	void theRootIsDeletedByHand() throws Exception {
		Scene.assertNoneFails(this.name, this.consumer, () -> {
			this.znodes.deleteAll(Znodes.ROOT);
			allCameBack();
		});
	}

	@Test
	void theProvidersAreCutOffFromTheEnsembleForLongerThanTheSessionTimeout() throws Exception {
		Scene.assertNoneFails(this.name, this.consumer, () -> {
			this.providerLines.forEach(StallingProxy::cut);
			Awaitility.await("the end of their sessions")
				.atMost(Consumer.BOUND)
				.until(() -> this.znodes.children(Znodes.ROOT).isEmpty());
			this.consumer.awaitOutcomes(200);
			this.providerLines.forEach(StallingProxy::mend);
			allCameBack();
		});
	}

	@Test
	@Tag("core")
	void aNodeOfAMegabyteAndGarbageStandAmongTheGoodOnes() throws Exception {
		List<String> bad = new ArrayList<>();
		Scene.assertNoneFails(this.name, this.consumer, () -> {
			bad.add(this.znodes.create(CreateMode.EPHEMERAL_SEQUENTIAL, "bikesvc", new byte[1 << 20]));
			bad.add(this.znodes.create(CreateMode.EPHEMERAL_SEQUENTIAL, "bikesvc", "{\"port\":[}"));
			bad.add(this.znodes.create(CreateMode.EPHEMERAL_SEQUENTIAL, "bikesvc", new byte[] { -1, 0, 27 }));
			bad.add(this.znodes.create(CreateMode.EPHEMERAL_SEQUENTIAL, "bikesvc", new byte[0]));
			bad.add(this.znodes.create(CreateMode.EPHEMERAL, "bikesvc", "127.0.0.1:1"));
			// All of it is read again at once.
			this.ensemble.closeSession(this.consumer.session());
			restart(this.ensemble.leaderId());
		});
		bad.forEach(this.znodes::delete);
	}

	@Test
	void othersTakeTheNumbersThatComeNext() throws Exception {
		List<String> squatters = new ArrayList<>();
		Scene.assertNoneFails(this.name, this.consumer, () -> {
			String number = this.znodes.create(CreateMode.EPHEMERAL_SEQUENTIAL, "other", "127.0.0.1:1");
			int next = Integer.parseInt(number.substring(number.length() - 10)) + 1;
			squatters.add(number);
			for (int i = next; i < next + 20; i++) {
				squatters.add(this.znodes.create(CreateMode.EPHEMERAL, "bikesvc%010d".formatted(i), "foreign"));
			}
			expireSession(this.first);
			expireSession(this.second);
		});
		assertThat(this.znodes.children(Znodes.ROOT))
			.containsAll(squatters.stream().map((path) -> path.substring(path.lastIndexOf('/') + 1)).toList());
		squatters.forEach(this.znodes::delete);
	}

	@Test
	void allConnectionsStall() throws Exception {
		Scene.assertNoneFails(this.name, this.consumer, () -> {
			assertThat(this.consumerLines.stream().mapToInt(StallingProxy::stall).sum()).isPositive();
			assertThat(this.providerLines.stream().mapToInt(StallingProxy::stall).sum()).isPositive();
			pass(Duration.ofMillis(2L * Scene.SESSION_TIMEOUT_MS));
			// The consumer does not know this before it has noticed.
			expireSession(this.second);
		});
	}

	@Test
	void theConsumerIsSuspendedForHalfAMinute() throws Exception {
		Scene.assertNoneFails(this.name, this.consumer, () -> {
			this.consumer.suspend();
			expireSession(this.first);
			pass(Duration.ofSeconds(30));
			this.consumer.resume();
		});
	}

	private void expireSession(Provider provider) {
		awaitRegistered(provider);
		int port = provider.process().port();
		String node = this.znodes.nodeOf(port).orElseThrow();
		this.ensemble.closeSession(this.znodes.ownerOf(node));
		Awaitility.await("another node of " + provider.address())
			.atMost(Consumer.BOUND)
			.until(() -> this.znodes.nodeOf(port).filter((now) -> !now.equals(node)).isPresent());
	}

	private void restart(int member) {
		this.ensemble.stop(member);
		this.ensemble.awaitQuorum(Consumer.BOUND);
		this.ensemble.start(member, false);
	}

	private void stopAll() {
		this.ensemble.memberIds().forEach(this.ensemble::stop);
	}

	private void startAll(boolean emptied) {
		this.ensemble.memberIds().forEach((id) -> this.ensemble.start(id, emptied));
		this.ensemble.awaitQuorum(Consumer.BOUND);
	}

	/** For what becomes of a fault by its length alone. */
	private static void pass(Duration time) {
		Awaitility.await().pollDelay(time).atMost(time.plus(Consumer.BOUND)).until(() -> true);
	}

}
