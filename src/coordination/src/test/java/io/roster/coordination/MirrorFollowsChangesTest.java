package io.roster.coordination;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.data.Stat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A mirror that is in sync shows each change, in order, in both kinds. */
class MirrorFollowsChangesTest {

	private static final AtomicInteger ROOTS = new AtomicInteger();

	private static LocalEnsemble ensemble;

	private static Coordination coordination;

	private static CuratorFramework writer;

	private final String root = "/follows" + ROOTS.incrementAndGet();

	private final Recorder recorder = new Recorder();

	@BeforeAll
	static void start() throws Exception {
		ensemble = LocalEnsemble.start(1);
		coordination = Coordination.connect(ensemble.connectString(), Duration.ofSeconds(10));
		assertThat(coordination.awaitConnected(Duration.ofSeconds(10))).isTrue();
		writer = new ObservedHandles(false).client(ensemble.connectString(), Duration.ofSeconds(10));
	}

	@AfterAll
	static void stop() {
		writer.close();
		coordination.close();
		ensemble.close();
	}

	@BeforeEach
	void createRoot() throws Exception {
		writer.create().forPath(this.root, bytes("root"));
	}

	@Test
	void theTimeFromAnEventToItsPublicationIsMeasured() throws Exception {
		Mirror mirror = Expect.loaded(coordination.mirror(this.root, MirrorOptions.withData()));
		List<Long> nanos = new CopyOnWriteArrayList<>();
		try (Subscription failing = mirror.observePublications((each) -> {
			throw new IllegalStateException("of one observer");
		}); Subscription measuring = mirror.observePublications(nanos::add)) {
			create("/a", "1");
			Expect.names(mirror, "a");
			Expect.soon(() -> assertThat(nanos).hasSize(1).allSatisfy((each) -> assertThat(each).isPositive()));
		}
		mirror.close();
	}

	@Test
	void theFirstSnapshotHoldsTheWholeSubtree() throws Exception {
		create("/a", "1");
		create("/a/b", "2");
		create("/a/b/c", "3");
		Mirror mirror = loaded(MirrorOptions.withData());
		long czxid = stat("/a/b/c").getCzxid();
		Snapshot snapshot = mirror.snapshot();
		assertThat(snapshot.loaded()).isTrue();
		assertThat(snapshot.size()).isEqualTo(3);
		assertThat(snapshot.children(this.root)).extracting(Node::name).containsExactly("a");
		assertThat(snapshot.children(this.root + "/a/b")).extracting(Node::name).containsExactly("c");
		assertThat(snapshot.node(this.root + "/a/b/c")).hasValueSatisfying((node) -> {
			assertThat(node.data()).isEqualTo(bytes("3"));
			assertThat(node.czxid()).isEqualTo(czxid);
		});
		assertThat(snapshot.node(this.root)).isPresent();
		assertThat(snapshot.revision()).isEqualTo(stat("/a/b/c").getCzxid());
		assertThat(mirror.stale()).isFalse();
		assertThat(mirror.handle()).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void createdChangedAndDeletedNodesAreToldInOrder(boolean data) throws Exception {
		Mirror mirror = loaded(new MirrorOptions(data, false));
		follow(mirror);
		create("/a", "1");
		create("/a/b", "2");
		writer.setData().forPath(this.root + "/a/b", bytes("3"));
		writer.delete().forPath(this.root + "/a/b");
		create("/c", "4");
		awaitRevision(mirror, stat("/c").getCzxid());
		List<String> words = this.recorder.words();
		String a = this.root + "/a";
		if (data && words.size() < 5) {
			// Reads that came after the deletion find no node: it was never seen.
			assertThat(words).startsWith("+" + a).endsWith("+" + this.root + "/c");
		}
		else {
			assertThat(words).containsExactly("+" + a, "+" + a + "/b", "~" + a + "/b", "-" + a + "/b",
					"+" + this.root + "/c");
		}
		assertThat(mirror.snapshot().children(this.root)).extracting(Node::name).containsExactly("a", "c");
		assertThat(this.recorder.all(MirrorEvent.Changed.class))
			.allSatisfy((event) -> assertThat(event.snapshot().loaded()).isTrue());
	}

	@Test
	void dataFollowsTheNode() throws Exception {
		Mirror mirror = loaded(MirrorOptions.withData());
		create("/a", "1");
		writer.setData().forPath(this.root + "/a", bytes("2"));
		awaitRevision(mirror, stat("/a").getMzxid());
		assertThat(mirror.snapshot().node(this.root + "/a").orElseThrow().data()).isEqualTo(bytes("2"));
	}

	@Test
	void childrenAreOrderedByName() throws Exception {
		Mirror mirror = loaded(MirrorOptions.namesOnly());
		create("/c", "");
		create("/a", "");
		create("/b", "");
		awaitRevision(mirror, stat("/b").getCzxid());
		assertThat(mirror.snapshot().children(this.root)).extracting(Node::name).containsExactly("a", "b", "c");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aNodeMadeAgainIsAnotherNode(boolean data) throws Exception {
		create("/a", "1");
		long first = stat("/a").getCzxid();
		Mirror mirror = loaded(new MirrorOptions(data, false));
		follow(mirror);
		writer.transaction()
			.forOperations(writer.transactionOp().delete().forPath(this.root + "/a"),
					writer.transactionOp().create().forPath(this.root + "/a", bytes("1")));
		long second = stat("/a").getCzxid();
		awaitRevision(mirror, second);
		assertThat(this.recorder.words()).containsExactly("-" + this.root + "/a", "+" + this.root + "/a");
		assertThat(first).isNotEqualTo(second);
		assertThat(mirror.snapshot().node(this.root + "/a").orElseThrow().czxid()).isEqualTo(second);
	}

	@Test
	void aRootThatDoesNotExistIsAnEmptyLoadedSnapshotAndIsFollowedWhenItComes() throws Exception {
		String later = this.root + "later";
		Mirror mirror = coordination.mirror(later, MirrorOptions.withData());
		Snapshot first = mirror.firstSnapshot().get(30, TimeUnit.SECONDS);
		assertThat(first.loaded()).isTrue();
		assertThat(first.size()).isZero();
		assertThat(first.node(later)).isEmpty();
		writer.create().forPath(later);
		writer.create().forPath(later + "/a");
		awaitNames(mirror, "a");
	}

	@Test
	void aRootThatIsDeletedByHandAndMadeAgainIsFollowed() throws Exception {
		create("/a", "");
		Mirror mirror = loaded(MirrorOptions.withData());
		writer.delete().deletingChildrenIfNeeded().forPath(this.root);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(mirror.snapshot().node(this.root)).isEmpty());
		assertThat(mirror.snapshot().size()).isZero();
		writer.create().forPath(this.root);
		create("/b", "");
		awaitNames(mirror, "b");
	}

	@Test
	void aMirrorThatIsClosedKeepsItsSnapshotAndHearsNothing() throws Exception {
		create("/a", "");
		Mirror mirror = loaded(MirrorOptions.namesOnly());
		Mirror other = loaded(MirrorOptions.namesOnly());
		mirror.close();
		mirror.close();
		create("/b", "");
		awaitNames(other, "a", "b");
		assertThat(mirror.snapshot().children(this.root)).extracting(Node::name).containsExactly("a");
		assertThat(mirror.stale()).isTrue();
		assertThat(mirror.handle()).isNull();
		other.close();
		Mirror again = loaded(MirrorOptions.namesOnly());
		create("/c", "");
		awaitNames(again, "a", "b", "c");
	}

	@Test
	void aMirrorThatIsClosedBeforeItsFirstSnapshotSaysSo() {
		try (Coordination nowhere = Coordination.connect("127.0.0.1:1", Duration.ofSeconds(10))) {
			Mirror mirror = nowhere.mirror("/a", MirrorOptions.withData());
			CompletableFuture<Snapshot> first = mirror.firstSnapshot();
			assertThat(mirror.snapshot().loaded()).isFalse();
			mirror.close();
			assertThat(first).failsWithin(Duration.ofSeconds(1));
		}
	}

	private Mirror loaded(MirrorOptions options) throws Exception {
		Mirror mirror = coordination.mirror(this.root, options);
		mirror.firstSnapshot().get(30, TimeUnit.SECONDS);
		return mirror;
	}

	private void follow(Mirror mirror) {
		mirror.subscribe(this.recorder);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(5))
			.untilAsserted(() -> assertThat(this.recorder.events()).hasSize(1));
		this.recorder.clear();
	}

	private void create(String name, String data) throws Exception {
		writer.create().forPath(this.root + name, bytes(data));
	}

	private Stat stat(String name) throws Exception {
		return writer.checkExists().forPath(this.root + name);
	}

	private static void awaitRevision(Mirror mirror, long revision) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(5))
			.untilAsserted(() -> assertThat(mirror.snapshot().revision()).isEqualTo(revision));
	}

	private static void awaitNames(Mirror mirror, String... names) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(5))
			.untilAsserted(() -> assertThat(mirror.snapshot().children(mirror.root())).extracting(Node::name)
				.containsExactly(names));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
