package io.roster.coordination;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A mirror of the own nodes shows those of its session and nobody else's, without a watch
 * on anything but the root.
 */
class MirrorOfOwnNodesTest {

	private static LocalEnsemble ensemble;

	private static int roots;

	private final String root = "/own-" + roots++;

	private final Recorder recorder = new Recorder();

	private Coordination coordination;

	private Coordination others;

	private CuratorFramework stranger;

	@BeforeAll
	static void startEnsemble() {
		ensemble = LocalEnsemble.start(1);
	}

	@AfterAll
	static void stopEnsemble() {
		ensemble.close();
	}

	@BeforeEach
	void connect() throws Exception {
		this.coordination = Coordination.connect(ensemble.connectString(), Duration.ofSeconds(10));
		this.others = Coordination.connect(ensemble.connectString(), Duration.ofSeconds(10));
		this.stranger = this.others.client();
		assertThat(this.others.awaitConnected(Duration.ofSeconds(30))).isTrue();
	}

	@AfterEach
	void close() {
		this.coordination.close();
		this.others.close();
	}

	private Mirror own() throws Exception {
		Mirror mirror = Expect.loaded(this.coordination.mirror(this.root, MirrorOptions.ownNodes()));
		mirror.subscribe(this.recorder);
		return mirror;
	}

	private String createOwn(String name) throws Exception {
		return this.coordination.client()
			.create()
			.withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
			.forPath(this.root + "/" + name, Expect.bytes(name));
	}

	@Test
	void showsTheOwnEphemeralNodesAndNoOthers() throws Exception {
		this.others.ensurePath(this.root).get(30, TimeUnit.SECONDS);
		this.others.ensurePath(this.root + "x").get(30, TimeUnit.SECONDS);
		this.stranger.create().withMode(CreateMode.EPHEMERAL).forPath(this.root + "/stranger");
		this.coordination.client().create().withMode(CreateMode.EPHEMERAL).forPath(this.root + "x/elsewhere");
		this.coordination.client().create().forPath(this.root + "/persistent");
		createOwn("before");
		Mirror mirror = own();
		Expect.names(mirror, "before0000000002");
		createOwn("after");
		Expect.names(mirror, "after0000000003", "before0000000002");
		Node node = mirror.snapshot().node(this.root + "/after0000000003").orElseThrow();
		assertThat(node.data()).isEqualTo(Expect.bytes("after"));
		assertThat(node.stat()).isNotNull();
		assertThat(mirror.snapshot().node(this.root)).isEmpty();
	}

	@Test
	void tellsWhatOthersDoToTheOwnNodes() throws Exception {
		this.others.ensurePath(this.root).get(30, TimeUnit.SECONDS);
		String path = createOwn("n");
		Mirror mirror = own();
		Expect.names(mirror, "n0000000000");
		this.stranger.setData().forPath(path, Expect.bytes("by hand"));
		Expect.soon(
				() -> assertThat(mirror.snapshot().node(path).orElseThrow().data()).isEqualTo(Expect.bytes("by hand")));
		this.stranger.delete().forPath(path);
		Expect.names(mirror);
		Expect.soon(() -> assertThat(this.recorder.words()).containsExactly("+" + path, "~" + path, "-" + path));
	}

	@Test
	void hearsNothingOfOthers() throws Exception {
		this.others.ensurePath(this.root).get(30, TimeUnit.SECONDS);
		Mirror mirror = own();
		long before = received(mirror);
		Expect.createMany(this.stranger, this.root, 0, 1_000);
		createOwn("n");
		Expect.names(mirror, "n0000001000");
		// some for each heartbeat
		assertThat(received(mirror) - before).isLessThan(500);
	}

	@Test
	void aDeletedRootIsToldAtOnce() throws Exception {
		this.others.ensurePath(this.root).get(30, TimeUnit.SECONDS);
		createOwn("n");
		Mirror mirror = own();
		Expect.names(mirror, "n0000000000");
		this.stranger.delete().deletingChildrenIfNeeded().forPath(this.root);
		Expect.names(mirror);
	}

	@Test
	void aRootThatIsNotThereIsNoFailure() throws Exception {
		Mirror mirror = own();
		assertThat(mirror.stale()).isFalse();
		this.others.ensurePath(this.root).get(30, TimeUnit.SECONDS);
		createOwn("n");
		Expect.names(mirror, "n0000000000");
	}

	@Test
	void aChrootIsNotPartOfThePaths() throws Exception {
		this.others.ensurePath("/below" + this.root).get(30, TimeUnit.SECONDS);
		try (Coordination below = Coordination.connect(ensemble.connectString() + "/below", Duration.ofSeconds(10))) {
			Mirror mirror = Expect.loaded(below.mirror(this.root, MirrorOptions.ownNodes()));
			below.client().create().withMode(CreateMode.EPHEMERAL).forPath(this.root + "/n");
			Expect.names(mirror, "n");
		}
	}

	@Test
	void closingItLeavesAMirrorOfTheSameRootAlone() throws Exception {
		this.others.ensurePath(this.root).get(30, TimeUnit.SECONDS);
		Mirror follower = Expect.loaded(this.coordination.mirror(this.root, MirrorOptions.withData()));
		own().close();
		createOwn("n");
		Expect.names(follower, "n0000000000");
		this.stranger.delete().deletingChildrenIfNeeded().forPath(this.root);
		Expect.names(follower);
	}

	@Test
	void isReadAgainAfterAReconnect() throws Exception {
		this.others.ensurePath(this.root).get(30, TimeUnit.SECONDS);
		String path = createOwn("n");
		Mirror mirror = own();
		Expect.names(mirror, "n0000000000");
		ensemble.stop(1);
		Expect.soon(() -> assertThat(mirror.handle()).isNull());
		assertThat(mirror.snapshot().node(path)).isPresent();
		ensemble.start(1, false);
		Expect.soon(() -> assertThat(mirror.handle()).isNotNull());
		assertThat(this.recorder.all(MirrorEvent.Disconnected.class)).isNotEmpty();
		Expect.soon(() -> assertThat(this.recorder.all(MirrorEvent.Synced.class)).hasSizeGreaterThan(1));
		Expect.names(mirror, "n0000000000");
	}

	/** How many packets the handle has received, as it says itself. */
	private static long received(Mirror mirror) {
		Matcher text = Pattern.compile("recv:(\\d+)").matcher(Objects.requireNonNull(mirror.handle()).toString());
		assertThat(text.find()).isTrue();
		return Long.parseLong(text.group(1));
	}

}
