package io.roster.coordination;

import java.time.Duration;

import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ZKConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An answer larger than the client's {@code jute.maxbuffer} closes the connection. The
 * client's buffer is its default unless a test says otherwise.
 */
class MirrorLargeAnswersTest {

	/**
	 * The server takes it, as its request is a little smaller than the answer to a read.
	 */
	private static final int TOO_LARGE = ZKClientConfig.CLIENT_MAX_PACKET_LENGTH_DEFAULT - 80;

	private static LocalEnsemble ensemble;

	private static CuratorFramework writer;

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		writer = new ObservedHandles(false).client(ensemble.connectString(), Duration.ofSeconds(10));
	}

	@AfterAll
	static void stop() {
		writer.close();
		ensemble.close();
	}

	@Test
	void aBatchThatLosesTheConnectionIsReadInPartsNextTime() throws Exception {
		createWithData("/halved", 12, 100_000);
		try (Coordination coordination = connect()) {
			Mirror mirror = Expect.loaded(coordination.mirror("/halved", MirrorOptions.withData()));
			assertThat(mirror.snapshot().children("/halved")).hasSize(12)
				.allSatisfy((node) -> assertThat(node.data()).hasSize(100_000));
		}
	}

	@Test
	void whatIsKnownToBeLargeIsNotReadTogetherAgain() throws Exception {
		createWithData("/known", 12, 100_000);
		try (TcpProxy proxy = TcpProxy.to(ensemble.connectString());
				Coordination coordination = Coordination.connect(proxy.connectString(), Duration.ofSeconds(10))) {
			Mirror mirror = Expect.loaded(coordination.mirror("/known", MirrorOptions.withData()));
			Recorder recorder = new Recorder();
			mirror.subscribe(recorder);
			Expect.soon(() -> assertThat(recorder.events()).hasSize(1));
			proxy.breakConnections();
			Expect.soon(() -> assertThat(recorder.events()).hasSize(3));
			assertThat(recorder.all(MirrorEvent.Disconnected.class)).hasSize(1);
			assertThat(mirror.snapshot().size()).isEqualTo(12);
		}
	}

	@Test
	void aNodeTooLargeToBeReadIsListedWithoutItsData() throws Exception {
		createWithData("/large", 30, 100);
		writer.create().forPath("/large/n00099", new byte[TOO_LARGE]);
		try (Coordination coordination = connect()) {
			Mirror mirror = Expect.loaded(coordination.mirror("/large", MirrorOptions.withData()));
			assertThat(mirror.snapshot().size()).isEqualTo(31);
			assertThat(mirror.snapshot().node("/large/n00099")).hasValueSatisfying((node) -> {
				assertThat(node.data()).isNull();
				assertThat(node.stat()).isNotNull();
				assertThat(node.czxid()).isPositive();
			});
			assertThat(mirror.snapshot().node("/large/n00029").orElseThrow().data()).hasSize(100);
		}
	}

	@Test
	void aNodeTooLargeToBeReadMayComeAndShrinkWhileItIsFollowed() throws Exception {
		createWithData("/comes", 3, 100);
		try (Coordination coordination = connect()) {
			Mirror mirror = Expect.loaded(coordination.mirror("/comes", MirrorOptions.withData()));
			writer.create().forPath("/comes/big", new byte[TOO_LARGE]);
			Expect.soon(() -> assertThat(mirror.snapshot().node("/comes/big")).isPresent());
			assertThat(mirror.snapshot().node("/comes/big").orElseThrow().data()).isNull();
			Expect.soon(() -> assertThat(mirror.stale()).isFalse());
			Recorder recorder = new Recorder();
			mirror.subscribe(recorder);
			Expect.soon(() -> assertThat(recorder.events()).hasSize(1));
			writer.setData().forPath("/comes/big", new byte[TOO_LARGE]);
			Expect.soon(() -> assertThat(recorder.words()).endsWith("~/comes/big"));
			writer.setData().forPath("/comes/big", new byte[7]);
			Expect.soon(() -> assertThat(mirror.snapshot().node("/comes/big").orElseThrow().data()).hasSize(7));
			assertThat(recorder.all(MirrorEvent.Disconnected.class)).isEmpty();
		}
	}

	@Test
	void aMirrorOfNamesListsALargeNodeToo() throws Exception {
		writer.create().forPath("/named");
		writer.create().forPath("/named/big", new byte[TOO_LARGE]);
		try (Coordination coordination = connect()) {
			Mirror mirror = Expect.loaded(coordination.mirror("/named", MirrorOptions.namesOnly()));
			assertThat(mirror.snapshot().children("/named")).extracting(Node::name).containsExactly("big");
		}
	}

	@Test
	void aListOfChildrenThatIsTooLongIsTriedEverMoreSlowlyAndReadWhenItFits() throws Exception {
		writer.create().forPath("/long");
		Expect.createMany(writer, "/long", 0, 500);
		writer.create().forPath("/short");
		writer.create().forPath("/short/a");
		ZKClientConfig smallBuffer = new ZKClientConfig();
		smallBuffer.setProperty(ZKConfig.JUTE_MAXBUFFER, "4096");
		try (LogLines log = LogLines.of(SubtreeMirror.class);
				CuratorFramework client = client(smallBuffer);
				Coordination coordination = Coordination.over(client)) {
			Mirror other = Expect.loaded(coordination.mirror("/short", MirrorOptions.withData()));
			Mirror mirror = coordination.mirror("/long", MirrorOptions.withData());
			Expect.soon(() -> assertThat(log.lines()).anySatisfy((line) -> assertThat(line)
				.contains("500 children of /long cannot be listed", "jute.maxbuffer of 4096 bytes")));
			assertThat(mirror.snapshot().loaded()).isFalse();
			Expect.soon(() -> assertThat(other.stale()).isFalse());
			for (int i = 100; i < 500; i++) {
				writer.delete().inBackground().forPath("/long/n%05d".formatted(i));
			}
			Expect.within(Duration.ofSeconds(30), () -> assertThat(mirror.snapshot().size()).isEqualTo(100));
			assertThat(log.lines()).filteredOn((line) -> line.contains("cannot be listed")).hasSize(1);
		}
	}

	private static Coordination connect() {
		return Coordination.connect(ensemble.connectString(), Duration.ofSeconds(10));
	}

	private static CuratorFramework client(ZKClientConfig config) {
		CuratorFramework client = CuratorFrameworkFactory.builder()
			.connectString(ensemble.connectString())
			.sessionTimeoutMs(10_000)
			.retryPolicy(new RetryOneTime(100))
			.ensembleTracker(false)
			.zkClientConfig(config)
			.build();
		client.start();
		return client;
	}

	private static void createWithData(String root, int nodes, int bytes) throws Exception {
		writer.create().forPath(root);
		for (int i = 0; i < nodes; i++) {
			writer.create().forPath(root + "/n%05d".formatted(i), new byte[bytes]);
		}
	}

}
