package io.roster.coordination;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.KeeperException;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

import static org.assertj.core.api.Assertions.assertThat;

/** What the tests of mirrors have in common: bounded waits, and nodes by the thousand. */
final class Expect {

	private static final int BATCH = 1_000;

	private Expect() {
	}

	static void soon(ThrowingRunnable assertion) {
		within(Duration.ofSeconds(30), assertion);
	}

	static void within(Duration bound, ThrowingRunnable assertion) {
		Awaitility.await()
			.atMost(bound)
			.pollInterval(Duration.ofMillis(5))
			// a node that is not there yet is none that is another
			.ignoreExceptionsMatching(
					(failure) -> failure instanceof KeeperException || failure instanceof NoSuchElementException)
			.untilAsserted(assertion);
	}

	static Mirror loaded(Mirror mirror) throws Exception {
		assertThat(mirror.firstSnapshot().get(30, TimeUnit.SECONDS).loaded()).isTrue();
		return mirror;
	}

	static void names(Mirror mirror, String... names) {
		soon(() -> assertThat(mirror.snapshot().children(mirror.root())).extracting(Node::name).containsExactly(names));
	}

	static void createMany(CuratorFramework client, String parent, int from, int to) throws Exception {
		List<CuratorOp> operations = new ArrayList<>();
		for (int i = from; i < to; i++) {
			operations.add(client.transactionOp().create().forPath(parent + "/n%05d".formatted(i), bytes("data" + i)));
			if (operations.size() == BATCH || i == to - 1) {
				client.transaction().forOperations(operations);
				operations.clear();
			}
		}
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
