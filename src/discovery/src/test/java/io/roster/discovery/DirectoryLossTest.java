package io.roster.discovery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorOptions;
import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a consumer sees of the losses that it doubts, on a clock that is moved by hand.
 */
class DirectoryLossTest {

	private static final String ROOT = "/servers";

	private final AtomicLong clock = new AtomicLong(System.nanoTime());

	private LocalEnsemble ensemble;

	private TcpProxy proxy;

	private Coordination coordination;

	private Directory directory;

	private Coordination others;

	private CuratorFramework stranger;

	@BeforeEach
	void start() throws Exception {
		this.ensemble = LocalEnsemble.start(1);
		this.proxy = new TcpProxy(this.ensemble.connectString());
		this.coordination = Coordination.connect(this.proxy.connectString(), Duration.ofSeconds(10));
		this.directory = Directory.over(this.coordination.mirror(ROOT, MirrorOptions.withData()),
				DirectoryOptions.defaults().withTicker(this.clock::get));
		this.others = Coordination.connect(this.ensemble.connectString(), Duration.ofSeconds(10));
		this.stranger = this.others.client();
		assertThat(this.directory.loaded()).succeedsWithin(Application.BOUND);
	}

	@AfterEach
	void stop() throws Exception {
		this.directory.close();
		this.coordination.close();
		this.others.close();
		this.proxy.close();
		this.ensemble.close();
	}

	@Test
	void aRootDeletedByHandEmptiesNoListAndDoublesNobody() throws Exception {
		Mirror mirror = this.others.mirror(ROOT, MirrorOptions.withData());
		Registrar registrar = Registrar.over(mirror);
		try (registrar) {
			for (int port = 1; port <= 5; port++) {
				registrar.register("bikesvc", InstanceData.at("127.0.0.1", port));
			}
			await().atMost(Application.BOUND).until(() -> endpoints().equals(List.of(1, 2, 3, 4, 5)));
			AtomicInteger fewest = new AtomicInteger(5);
			this.directory.subscribe("bikesvc", (event) -> fewest.accumulateAndGet(endpoints().size(), Math::min));
			Queue<ServiceEvent> removals = new ConcurrentLinkedQueue<>();
			this.directory.subscribe("bikesvc", (event) -> {
				if (event instanceof ServiceEvent.Removed) {
					removals.add(event);
				}
			});
			for (String each : this.stranger.getChildren().forPath(ROOT)) {
				this.stranger.delete().quietly().forPath(ROOT + "/" + each);
			}
			await().atMost(Application.BOUND).until(() -> removals.size() >= 5);
			await().atMost(Application.BOUND).untilAsserted(() -> {
				assertThat(endpoints()).containsExactly(1, 2, 3, 4, 5);
				assertThat(instances()).noneMatch(Instance::suspect);
			});
			assertThat(fewest).as("the shortest list that was seen").hasPositiveValue();
		}
		await().atMost(Application.BOUND).untilAsserted(() -> assertThat(instances()).isEmpty());
	}

	@Test
	void whoIsGoneAfterAnOutageStaysAsASuspectForTheGrace() throws Exception {
		create("bikesvc0000000001", "127.0.0.1:1");
		create("bikesvc0000000002", "127.0.0.1:2");
		create("bikesvc0000000003", "127.0.0.1:3");
		await().atMost(Application.BOUND).until(() -> endpoints().size() == 3);
		this.proxy.cut();
		await().atMost(Application.BOUND).until(() -> this.directory.instances("bikesvc").stale());
		this.stranger.delete().forPath(ROOT + "/bikesvc0000000001");
		this.stranger.delete().forPath(ROOT + "/bikesvc0000000002");
		create("bikesvc0000000004", "127.0.0.1:2");
		this.proxy.mend();
		await().atMost(Application.BOUND).untilAsserted(() -> assertThat(ids()).contains("bikesvc0000000004"));
		assertThat(ids()).as("one of three is gone, one has a new name")
			.containsExactly("bikesvc0000000003", "bikesvc0000000004");
		this.stranger.delete().forPath(ROOT + "/bikesvc0000000003");
		await().atMost(Application.BOUND)
			.untilAsserted(
					() -> assertThat(instances()).extracting(Instance::suspect).containsExactly(true, true, false));
		this.clock.addAndGet(Duration.ofSeconds(31).toNanos());
		await().atMost(Application.BOUND).untilAsserted(() -> assertThat(ids()).containsExactly("bikesvc0000000004"));
	}

	@Test
	void anEnsembleThatLostItsDataEmptiesNoList() throws Exception {
		create("bikesvc0000000001", "127.0.0.1:1");
		create("bikesvc0000000002", "127.0.0.1:2");
		await().atMost(Application.BOUND).until(() -> endpoints().size() == 2);
		this.ensemble.stop(1);
		await().atMost(Application.BOUND).until(() -> this.directory.instances("bikesvc").stale());
		this.ensemble.start(1, true);
		await().atMost(Application.BOUND)
			.untilAsserted(() -> assertThat(instances()).hasSize(2).allMatch(Instance::suspect));
		assertThat(endpoints()).containsExactly(1, 2);
	}

	@Test
	void anOrderlyGoodByeIsBelievedAtOnce() throws Exception {
		Mirror mirror = this.others.mirror(ROOT, MirrorOptions.withData());
		Registrar registrar = Registrar.over(mirror);
		try (registrar) {
			Registration only = registrar.register("bikesvc", InstanceData.at("127.0.0.1", 1));
			await().atMost(Application.BOUND).until(() -> endpoints().size() == 1);
			only.deregister().get(30, TimeUnit.SECONDS);
			await().atMost(Application.BOUND).untilAsserted(() -> assertThat(instances()).isEmpty());
		}
	}

	@Test
	void theTurnsOfStalenessAreToldOnceEach() {
		Queue<Boolean> told = new ConcurrentLinkedQueue<>();
		this.directory.subscribeToStaleness((stale) -> {
			throw new IllegalStateException("a listener that fails on purpose");
		});
		await().atMost(Application.BOUND).until(() -> !this.directory.services().stale());
		this.directory.subscribeToStaleness(told::add);
		this.proxy.cut();
		await().atMost(Application.BOUND).until(() -> told.contains(true));
		this.proxy.mend();
		await().atMost(Application.BOUND).until(() -> !List.copyOf(told).get(told.size() - 1));
		List<Boolean> turns = List.copyOf(told);
		for (int i = 1; i < turns.size(); i++) {
			assertThat(turns.get(i)).isNotEqualTo(turns.get(i - 1));
		}
	}

	private void create(String name, String data) throws Exception {
		this.stranger.create()
			.creatingParentsIfNeeded()
			.withMode(CreateMode.EPHEMERAL)
			.forPath(ROOT + "/" + name, data.getBytes(StandardCharsets.UTF_8));
	}

	private List<Instance> instances() {
		return this.directory.instances("bikesvc").instances();
	}

	private List<String> ids() {
		return instances().stream().map(Instance::id).toList();
	}

	private List<Integer> endpoints() {
		return instances().stream().filter(Instance::routable).map(Instance::port).sorted().toList();
	}

}
