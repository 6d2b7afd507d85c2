package io.roster.coordination;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.AsyncCallback;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers before 3.9 send events without a zxid; the mirror reads what they do not say.
 */
class OldServerMirrorTest {

	private static LocalEnsemble ensemble;

	private static CuratorFramework writer;

	private final ObservedHandles handles = new ObservedHandles(true);

	private final Recorder recorder = new Recorder();

	private CuratorFramework client;

	private Coordination coordination;

	@BeforeAll
	static void startEnsemble() {
		ensemble = LocalEnsemble.start(1);
		writer = new ObservedHandles(false).client(ensemble.connectString(), Duration.ofSeconds(10));
	}

	@AfterAll
	static void stopEnsemble() {
		writer.close();
		ensemble.close();
	}

	@BeforeEach
	void start() throws Exception {
		writer.create().forPath("/old");
		this.client = this.handles.client(ensemble.connectString(), Duration.ofSeconds(10));
		this.coordination = Coordination.over(this.client);
	}

	@AfterEach
	void stop() throws Exception {
		this.coordination.close();
		this.client.close();
		writer.delete().deletingChildrenIfNeeded().forPath("/old");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void changesAreFollowedAndTheRevisionIsLearned(boolean data) throws Exception {
		Mirror mirror = follow(new MirrorOptions(data, false));
		writer.create().forPath("/old/a", Expect.bytes("1"));
		long created = writer.checkExists().forPath("/old/a").getCzxid();
		Expect.soon(() -> assertThat(mirror.snapshot().revision()).isEqualTo(created));
		assertThat(mirror.snapshot().node("/old/a").orElseThrow().czxid()).isEqualTo(created);
		writer.setData().forPath("/old/a", Expect.bytes("2"));
		long changed = writer.checkExists().forPath("/old/a").getMzxid();
		Expect.soon(() -> assertThat(mirror.snapshot().revision()).isEqualTo(changed));
		writer.delete().forPath("/old/a");
		long deleted = writer.checkExists().forPath("/old").getPzxid();
		Expect.soon(() -> assertThat(mirror.snapshot().revision()).isEqualTo(deleted));
		assertThat(this.recorder.words()).startsWith("+/old/a").contains("~/old/a").endsWith("-/old/a");
	}

	@Test
	void aMirrorOfNamesHoldsTheOwnNodeAtItsAnswerAndLearnsItsCzxidThen() throws Exception {
		Mirror mirror = follow(MirrorOptions.namesOnly());
		CompletableFuture<Node> atAnswer = new CompletableFuture<>();
		AsyncCallback.Create2Callback callback = (rc, path, context, name, stat) -> atAnswer
			.complete(mirror.snapshot().node(name).orElseThrow());
		Objects.requireNonNull(mirror.handle())
			.create("/old/n-", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL, callback, null);
		Node node = atAnswer.get(30, TimeUnit.SECONDS);
		assertThat(node.czxid()).isEqualTo(Node.UNKNOWN);
		long czxid = writer.checkExists().forPath(node.path()).getCzxid();
		Expect.soon(() -> assertThat(mirror.snapshot().node(node.path()).orElseThrow().czxid()).isEqualTo(czxid));
		assertThat(this.recorder.words()).containsExactly("+" + node.path(), "~" + node.path());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void noRevisionIsUsedForTwoStates(boolean data) throws Exception {
		Mirror mirror = follow(new MirrorOptions(data, false));
		for (int i = 0; i < 100; i++) {
			writer.create().inBackground().forPath("/old/n" + i);
			if (i >= 10) {
				writer.delete().inBackground().forPath("/old/n" + (i - 10));
			}
		}
		Expect.soon(() -> assertThat(mirror.snapshot().node("/old/n99")).isPresent());
		Expect.names(mirror, "n90", "n91", "n92", "n93", "n94", "n95", "n96", "n97", "n98", "n99");
		Expect.soon(() -> assertThat(mirror.snapshot().revision())
			.isEqualTo(writer.checkExists().forPath("/old").getPzxid()));
		List<Snapshot> states = this.recorder.events().stream().map(MirrorEvent::snapshot).distinct().toList();
		Set<Long> revisions = new HashSet<>();
		assertThat(states).allSatisfy((state) -> assertThat(revisions.add(state.revision())).isTrue());
	}

	private Mirror follow(MirrorOptions options) throws Exception {
		Mirror mirror = Expect.loaded(this.coordination.mirror("/old", options));
		mirror.subscribe(this.recorder);
		Expect.soon(() -> assertThat(this.recorder.events()).hasSize(1));
		this.recorder.clear();
		return mirror;
	}

}
