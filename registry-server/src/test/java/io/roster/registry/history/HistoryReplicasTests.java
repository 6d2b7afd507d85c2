package io.roster.registry.history;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorOptions;
import io.roster.coordination.Node;
import io.roster.discovery.InstanceNodes;
import io.roster.ensemble.LocalEnsemble;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.NoNodeException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class HistoryReplicasTests {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private LocalEnsemble ensemble = LocalEnsemble.start(1);

	private Coordination program = Coordination.connect(this.ensemble.connectString(), Duration.ofSeconds(10));

	@BeforeEach
	void connect() throws Exception {
		assertThat(this.program.awaitConnected(BOUND)).isTrue();
	}

	@AfterEach
	void stop() {
		this.program.close();
		this.ensemble.close();
	}

	@Test
	void replicasAnswerAlikeAndFindWhatHappenedWithoutThem() throws Exception {
		String stays;
		String goes;
		List<HistoryEvent> before;
		try (Replica one = new Replica(1000); Replica two = new Replica(1000)) {
			stays = add("stays");
			goes = add("goes");
			String left = add("left");
			// What is gone at once nobody reads.
			one.await("JOINED stays", "JOINED goes", "JOINED left");
			two.await("JOINED stays", "JOINED goes", "JOINED left");
			remove(left);
			one.await("JOINED stays", "JOINED goes", "JOINED left", "LEFT left");
			two.await("JOINED stays", "JOINED goes", "JOINED left", "LEFT left");
			await().atMost(BOUND).untilAsserted(() -> {
				assertThat(one.written()).hasSizeGreaterThanOrEqualTo(4);
				assertThat(one.events()).isEqualTo(two.events());
			});
			before = one.events();
		}
		remove(goes);
		add("comes");
		try (Replica later = new Replica(1000)) {
			await().atMost(BOUND).untilAsserted(() -> {
				assertThat(later.told()).containsExactly("JOINED stays", "JOINED goes", "JOINED left", "LEFT left",
						"JOINED comes", "LEFT goes");
				assertThat(later.events()).startsWith(before.toArray(HistoryEvent[]::new));
				assertThat(later.events().get(5).cause()).isEqualTo(HistoryEvent.Cause.UNSEEN);
			});
			assertThat(this.program.client().checkExists().forPath(stays)).isNotNull();
		}
	}

	@Test
	void whatJoinedBeforeTheOldestEventIsMissedWhenItLeaves() throws Exception {
		String old = add("old");
		try (Replica replica = new Replica(2)) {
			await().atMost(BOUND).untilAsserted(() -> assertThat(replica.written()).containsExactly("JOINED old"));
			String other = add("other");
			replica.await("JOINED old", "JOINED other");
			remove(other);
			// The oldest batch is over the bound when both of the other are written.
			await().atMost(BOUND)
				.ignoreException(NoNodeException.class)
				.untilAsserted(() -> assertThat(replica.written()).containsExactly("JOINED other", "LEFT other"));
			replica.await("JOINED other", "LEFT other");
			assertThat(this.program.client().checkExists().forPath(EventStore.ROOT + "/state")).isNotNull();
		}
		remove(old);
		try (Replica later = new Replica(2)) {
			await().atMost(BOUND)
				.untilAsserted(() -> assertThat(later.told()).containsExactly("LEFT other", "LEFT old"));
		}
	}

	@Test
	void anEnsembleThatHasLostItsDataHasLostItsHistoryToo() throws Exception {
		try (Replica one = new Replica(1000); Replica two = new Replica(1000)) {
			List<String> before = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				add("before" + i);
				before.add("JOINED before" + i);
			}
			one.await(before.toArray(String[]::new));
			two.await(before.toArray(String[]::new));
			await().atMost(BOUND).untilAsserted(() -> assertThat(one.written()).containsAll(before));
			this.ensemble.stop(1);
			this.ensemble.start(1, true);
			await().atMost(BOUND).ignoreExceptions().untilAsserted(() -> add("after"));
			one.await("JOINED after");
			two.await("JOINED after");
			await().atMost(BOUND).untilAsserted(() -> assertThat(one.written()).contains("JOINED after"));
			assertThat(one.events()).isEqualTo(two.events());
			try (Replica later = new Replica(1000)) {
				later.await("JOINED after");
			}
		}
	}

	private String add(String service) throws Exception {
		return this.program.client()
			.create()
			.creatingParentsIfNeeded()
			.withMode(CreateMode.PERSISTENT_SEQUENTIAL)
			.forPath("/servers/" + service, "127.0.0.1:9001".getBytes(StandardCharsets.UTF_8));
	}

	private void remove(String path) throws Exception {
		this.program.client().delete().forPath(path);
	}

	/** What one registry server has. */
	private final class Replica implements AutoCloseable {

		private final Coordination coordination = Coordination
			.connect(HistoryReplicasTests.this.ensemble.connectString(), Duration.ofSeconds(10));

		private final KeptHistory history;

		Replica(int most) {
			HistoryProperties properties = new HistoryProperties(most, Duration.ofHours(1));
			Mirror instances = this.coordination.mirror("/servers", MirrorOptions.withData());
			this.history = new KeptHistory(properties,
					new InstanceWatch(new InstanceNodes("/servers", null), (id) -> false),
					new EventStore(this.coordination.mirror(EventStore.ROOT, MirrorOptions.withData()), properties));
			this.history.start(List.of(instances));
		}

		List<HistoryEvent> events() {
			return this.history.after(0, 1000).events();
		}

		List<String> told() {
			return events().stream().map((event) -> event.change() + " " + event.service()).toList();
		}

		void await(String... told) {
			Awaitility.await().atMost(BOUND).untilAsserted(() -> assertThat(told()).containsExactly(told));
		}

		/** The events that stand in the ensemble, some perhaps twice. */
		List<String> written() throws Exception {
			List<String> events = new ArrayList<>();
			if (this.coordination.client().checkExists().forPath(EventStore.ROOT) == null) {
				return events;
			}
			List<String> names = this.coordination.client().getChildren().forPath(EventStore.ROOT);
			for (String name : names.stream().filter((each) -> each.startsWith("batch-")).sorted().toList()) {
				byte[] data = this.coordination.client().getData().forPath(EventStore.ROOT + "/" + name);
				EventFormat.events(new Node(EventStore.ROOT + "/" + name, 1, null, data))
					.forEach((entry) -> events.add(entry.change() + " " + entry.service()));
			}
			return events;
		}

		@Override
		public void close() {
			this.history.close();
			this.coordination.close();
		}

	}

}
