package io.roster.coordination;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Losing the connection, the session, a member, or everything. */
class MirrorReconnectTest {

	private final LocalEnsemble ensemble = LocalEnsemble.start(1);

	private final ObservedHandles handles = new ObservedHandles(false);

	private final Recorder recorder = new Recorder();

	private TcpProxy proxy;

	private CuratorFramework client;

	private Coordination coordination;

	private CuratorFramework writer;

	@BeforeEach
	void start() throws Exception {
		this.proxy = TcpProxy.to(this.ensemble.connectString());
		this.client = this.handles.client(this.proxy.connectString(), Duration.ofSeconds(4));
		this.coordination = Coordination.over(this.client);
		this.writer = new ObservedHandles(false).client(this.ensemble.connectString(), Duration.ofSeconds(4));
		this.writer.create().forPath("/r");
		this.writer.create().forPath("/r/kept", Expect.bytes("1"));
		this.writer.create().forPath("/r/gone", Expect.bytes("1"));
		this.writer.create().forPath("/r/again", Expect.bytes("1"));
	}

	@AfterEach
	void stop() throws Exception {
		this.coordination.close();
		this.client.close();
		this.writer.close();
		this.proxy.close();
		this.ensemble.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatHappenedMeanwhileIsToldAsTheDifference(boolean data) throws Exception {
		Mirror mirror = follow(new MirrorOptions(data, false));
		Snapshot before = mirror.snapshot();
		this.proxy.cut();
		Expect.soon(() -> assertThat(this.recorder.events()).hasSize(1));
		assertThat(this.recorder.events().get(0)).isInstanceOf(MirrorEvent.Disconnected.class);
		assertThat(mirror.stale()).isTrue();
		assertThat(mirror.handle()).isNull();
		assertThat(mirror.snapshot()).isSameAs(before);
		this.writer.delete().forPath("/r/gone");
		this.writer.delete().forPath("/r/again");
		this.writer.create().forPath("/r/again", Expect.bytes("1"));
		this.writer.create().forPath("/r/new", Expect.bytes("1"));
		this.writer.setData().forPath("/r/kept", Expect.bytes("2"));
		assertThat(mirror.snapshot()).isSameAs(before);
		this.proxy.heal();
		Expect.soon(() -> assertThat(mirror.stale()).isFalse());
		assertThat(this.recorder.events()).hasSize(2);
		MirrorEvent.Synced synced = this.recorder.all(MirrorEvent.Synced.class).get(0);
		assertThat(synced.rebuilt()).isFalse();
		assertThat(synced.changes()).extracting(Recorder::word)
			.containsExactly("-/r/gone", "-/r/again", "+/r/again", "~/r/kept", "+/r/new");
		assertThat(synced.snapshot()).isSameAs(mirror.snapshot());
		stillFollows(mirror);
	}

	@Test
	void syncComesBeforeTheReadAfterEveryReconnect() throws Exception {
		Mirror mirror = follow(MirrorOptions.withData());
		for (int i = 0; i < 2; i++) {
			this.handles.requests().clear();
			this.proxy.breakConnections();
			Expect.soon(() -> assertThat(this.recorder.all(MirrorEvent.Synced.class)).hasSize(1));
			assertThat(this.handles.requests()).startsWith("addWatch /r", "sync /r", "getData /r", "multi");
			this.recorder.clear();
		}
		assertThat(mirror.snapshot().size()).isEqualTo(3);
	}

	@Test
	void aReconnectWithoutAChangeTellsNone() throws Exception {
		Mirror mirror = follow(MirrorOptions.withData());
		long revision = mirror.snapshot().revision();
		this.proxy.breakConnections();
		Expect.soon(() -> assertThat(this.recorder.all(MirrorEvent.Synced.class)).hasSize(1));
		assertThat(this.recorder.changes()).isEmpty();
		assertThat(mirror.snapshot().revision()).isEqualTo(revision);
	}

	@Test
	void aNewSessionIsWatchedAnew() throws Exception {
		Mirror mirror = follow(MirrorOptions.withData());
		long session = this.coordination.sessionId().orElseThrow();
		ZooKeeper handle = mirror.handle();
		this.ensemble.closeSession(session);
		Expect.soon(() -> assertThat(this.recorder.all(MirrorEvent.Synced.class)).hasSize(1));
		assertThat(this.coordination.sessionId().orElseThrow()).isNotEqualTo(session);
		assertThat(mirror.handle()).isNotSameAs(handle).isNotNull();
		stillFollows(mirror);
	}

	@Test
	void aChrootIsInvisible() throws Exception {
		this.writer.create().creatingParentsIfNeeded().forPath("/ch/root/r");
		try (Coordination inside = Coordination.connect(this.proxy.connectString() + "/ch/root",
				Duration.ofSeconds(4))) {
			Mirror mirror = Expect.loaded(inside.mirror("/r", MirrorOptions.namesOnly()));
			this.writer.create().forPath("/ch/root/r/a");
			Expect.names(mirror, "a");
			this.proxy.cut();
			Expect.soon(() -> assertThat(mirror.stale()).isTrue());
			this.proxy.heal();
			Expect.soon(() -> assertThat(mirror.stale()).isFalse());
			this.writer.create().forPath("/ch/root/r/b");
			Expect.names(mirror, "a", "b");
			assertThat(mirror.snapshot().node("/r/b")).isPresent();
		}
	}

	@Test
	void aMemberThatRestartsIsFollowedAgain() throws Exception {
		Mirror mirror = follow(MirrorOptions.withData());
		this.ensemble.stop(1);
		Expect.soon(() -> assertThat(mirror.stale()).isTrue());
		assertThat(mirror.snapshot().size()).isEqualTo(3);
		this.ensemble.start(1, false);
		Expect.soon(() -> assertThat(mirror.stale()).isFalse());
		assertThat(this.recorder.changes()).isEmpty();
		assertThat(this.recorder.all(MirrorEvent.Synced.class)).allSatisfy((e) -> assertThat(e.rebuilt()).isFalse());
	}

	@Test
	void anEnsembleThatLostItsDataIsFollowedAndSaidToBeRebuilt() throws Exception {
		Mirror mirror = follow(MirrorOptions.withData());
		Mirror absent = Expect.loaded(this.coordination.mirror("/nothing/here", MirrorOptions.withData()));
		ZooKeeper handle = mirror.handle();
		this.ensemble.stop(1);
		this.ensemble.start(1, true);
		Expect.within(Duration.ofSeconds(40), () -> assertThat(this.recorder.all(MirrorEvent.Synced.class)).hasSize(1));
		MirrorEvent.Synced synced = this.recorder.all(MirrorEvent.Synced.class).get(0);
		assertThat(synced.rebuilt()).isTrue();
		assertThat(synced.snapshot().size()).isZero();
		assertThat(synced.changes()).allSatisfy((change) -> assertThat(change).isInstanceOf(NodeChange.Deleted.class));
		assertThat(mirror.handle()).isNotSameAs(handle).isNotNull();
		Expect.soon(() -> assertThat(absent.stale()).isFalse());
		Expect.within(Duration.ofSeconds(40), () -> this.writer.create().orSetData().forPath("/r"));
		this.writer.create().forPath("/r/anew");
		Expect.names(mirror, "anew");
	}

	@Test
	void aRootDeletedMeanwhileIsNoRebuiltEnsemble() throws Exception {
		Mirror mirror = follow(MirrorOptions.namesOnly());
		this.proxy.cut();
		Expect.soon(() -> assertThat(mirror.stale()).isTrue());
		this.writer.delete().deletingChildrenIfNeeded().forPath("/r");
		this.proxy.heal();
		// The listeners are told when the mirror is fresh already.
		Expect.soon(() -> assertThat(this.recorder.all(MirrorEvent.Synced.class)).hasSize(1));
		assertThat(mirror.stale()).isFalse();
		assertThat(this.recorder.all(MirrorEvent.Synced.class).get(0).rebuilt()).isFalse();
		assertThat(this.recorder.words()).containsExactly("-/r/kept", "-/r/gone", "-/r/again", "-/r");
	}

	@Test
	void manyBreaksWhileNodesChangeEndInTheTruth() throws Exception {
		Mirror mirror = follow(MirrorOptions.withData());
		Mirror names = Expect.loaded(this.coordination.mirror("/r", MirrorOptions.namesOnly()));
		for (int i = 0; i < 400; i++) {
			String path = "/r/n" + (i % 40);
			if (this.writer.checkExists().forPath(path) == null) {
				this.writer.create().forPath(path, Expect.bytes("" + i));
			}
			else if (i % 3 == 0) {
				this.writer.delete().forPath(path);
			}
			else {
				this.writer.setData().forPath(path, Expect.bytes("" + i));
			}
			if (i % 50 == 25) {
				this.proxy.breakConnections();
			}
		}
		List<String> truth = this.writer.getChildren().forPath("/r").stream().sorted().toList();
		Expect.names(mirror, truth.toArray(String[]::new));
		Expect.names(names, truth.toArray(String[]::new));
		for (String name : truth) {
			byte[] data = this.writer.getData().forPath("/r/" + name);
			Expect.soon(() -> assertThat(mirror.snapshot().node("/r/" + name).orElseThrow().data()).isEqualTo(data));
		}
		assertThat(replay()).containsExactlyInAnyOrderElementsOf(truth);
	}

	/** The children as a listener knows them that goes by the changes alone. */
	private List<String> replay() {
		List<String> names = new ArrayList<>(List.of("again", "gone", "kept"));
		for (NodeChange change : this.recorder.changes()) {
			if (change instanceof NodeChange.Created created) {
				names.add(created.node().name());
			}
			else if (change instanceof NodeChange.Deleted deleted) {
				assertThat(names.remove(deleted.node().name())).isTrue();
			}
		}
		return names;
	}

	private Mirror follow(MirrorOptions options) throws Exception {
		Mirror mirror = Expect.loaded(this.coordination.mirror("/r", options));
		mirror.subscribe(this.recorder);
		Expect.soon(() -> assertThat(this.recorder.events()).hasSize(1));
		this.recorder.clear();
		return mirror;
	}

	private void stillFollows(Mirror mirror) throws Exception {
		this.writer.create().forPath("/r/after");
		Expect.soon(() -> assertThat(mirror.snapshot().node("/r/after")).isPresent());
		assertThat(this.recorder.words().stream().filter("+/r/after"::equals)).hasSize(1);
	}

}
