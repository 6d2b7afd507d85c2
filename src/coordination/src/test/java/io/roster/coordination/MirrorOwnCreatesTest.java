package io.roster.coordination;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.roster.ensemble.LocalEnsemble;
import org.apache.zookeeper.AsyncCallback;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * At the answer to an asynchronous create on the mirror's handle, the mirror contains the
 * node and stands exactly at its czxid; whatever other sessions create at the same time.
 */
class MirrorOwnCreatesTest {

	private static final byte[] EMPTY = {};

	private static LocalEnsemble one;

	private static LocalEnsemble three;

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	@BeforeAll
	static void start() {
		one = LocalEnsemble.start(1);
		three = LocalEnsemble.start(3);
	}

	@AfterAll
	static void stop() {
		one.close();
		three.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void theMirrorStandsAtTheOwnCreateWhenItsAnswerComes(int members) throws Exception {
		race(members, "/creates", 2_000, this::create);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void theMirrorHoldsAllNodesOfAnOwnTransactionWhenItsAnswerComes(int members) throws Exception {
		race(members, "/multis", 250, this::createEight);
	}

	private void race(int members, String root, int rounds, Writer writer) throws Exception {
		LocalEnsemble ensemble = (members == 1) ? one : three;
		CountDownLatch answers = new CountDownLatch(2 * rounds);
		try (Coordination first = Coordination.connect(ensemble.connectString(1), Duration.ofSeconds(10));
				Coordination second = Coordination.connect(ensemble.connectString(members), Duration.ofSeconds(10))) {
			first.ensurePath(root).get(30, TimeUnit.SECONDS);
			Mirror one = Expect.loaded(first.mirror(root, MirrorOptions.namesOnly()));
			Mirror other = Expect.loaded(second.mirror(root, MirrorOptions.namesOnly()));
			for (int i = 0; i < rounds; i++) {
				writer.write(one, answers);
				writer.write(other, answers);
			}
			assertThat(answers.await(60, TimeUnit.SECONDS)).isTrue();
			assertThat(this.failures).isEmpty();
			Expect.soon(() -> assertThat(one.snapshot().size()).isEqualTo(other.snapshot().size()));
			assertThat(one.snapshot().revision()).isEqualTo(other.snapshot().revision());
		}
	}

	private void create(Mirror mirror, CountDownLatch answers) {
		AsyncCallback.Create2Callback callback = (rc, path, context, name, stat) -> {
			Snapshot snapshot = mirror.snapshot();
			if (rc != 0 || snapshot.revision() != stat.getCzxid()
					|| snapshot.node(name).filter((node) -> node.czxid() == stat.getCzxid()).isEmpty()) {
				this.failures.add(name + " rc " + rc + " at " + snapshot);
			}
			answers.countDown();
		};
		handle(mirror).create(mirror.root() + "/n-", EMPTY, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL_SEQUENTIAL,
				callback, null);
	}

	private void createEight(Mirror mirror, CountDownLatch answers) {
		List<Op> creates = IntStream.range(0, 8)
			.mapToObj((i) -> Op.create(mirror.root() + "/n-", EMPTY, Ids.OPEN_ACL_UNSAFE,
					CreateMode.EPHEMERAL_SEQUENTIAL))
			.toList();
		handle(mirror).multi(creates, (rc, path, context, results) -> {
			Snapshot snapshot = mirror.snapshot();
			boolean standsThere = rc == 0
					&& results.stream()
						.map((result) -> ((OpResult.CreateResult) result).getPath())
						.allMatch((name) -> snapshot.node(name)
							.filter((node) -> node.czxid() == snapshot.revision())
							.isPresent());
			if (!standsThere) {
				this.failures.add("rc " + rc + " at " + snapshot);
			}
			answers.countDown();
		}, null);
	}

	private static ZooKeeper handle(Mirror mirror) {
		return Objects.requireNonNull(mirror.handle(), "the mirror is in sync");
	}

	private interface Writer {

		void write(Mirror mirror, CountDownLatch answers);

	}

}
