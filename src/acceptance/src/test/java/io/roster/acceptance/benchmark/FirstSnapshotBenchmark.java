package io.roster.acceptance.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorOptions;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;

/**
 * How long it takes until the first snapshot of a folder of nodes is there, on a
 * connection that stands: Roster's mirror against Curator's {@code CuratorCache}.
 */
final class FirstSnapshotBenchmark {

	private static final int BATCH = 500;

	private static final byte[] DATA = "x".repeat(300).getBytes(StandardCharsets.UTF_8);

	private final String connectString;

	FirstSnapshotBenchmark(String connectString) {
		this.connectString = connectString;
	}

	void run(int nodes, int rounds) throws Exception {
		String root = "/first-snapshot-" + nodes;
		try (Coordination coordination = connect()) {
			fill(coordination.client(), root, nodes);
		}
		Samples roster = new Samples();
		Samples curator = new Samples();
		for (int round = -1; round < rounds; round++) {
			long ours = mirror(root, nodes);
			long theirs = cache(root, nodes);
			if (round >= 0) {
				roster.add(ours);
				curator.add(theirs);
			}
		}
		System.out.printf(Locale.ROOT, "first snapshot of %,6d nodes   Mirror %s   CuratorCache %s   ratio %.1f%n",
				nodes, roster, curator, curator.median() / roster.median());
	}

	private Coordination connect() throws InterruptedException {
		Coordination coordination = Coordination.connect(this.connectString, Duration.ofSeconds(10));
		if (!coordination.awaitConnected(Duration.ofSeconds(30))) {
			throw new IllegalStateException("no connection to " + this.connectString);
		}
		return coordination;
	}

	private static void fill(CuratorFramework client, String root, int nodes) throws Exception {
		client.create().creatingParentsIfNeeded().forPath(root);
		List<CuratorOp> batch = new ArrayList<>();
		for (int i = 0; i < nodes; i++) {
			batch.add(client.transactionOp().create().forPath(root + String.format("/bikesvc%010d", i), DATA));
			if (batch.size() == BATCH || i == nodes - 1) {
				client.transaction().forOperations(batch);
				batch.clear();
			}
		}
	}

	private long mirror(String root, int nodes) throws Exception {
		try (Coordination coordination = connect()) {
			long start = System.nanoTime();
			Mirror mirror = coordination.mirror(root, MirrorOptions.withData());
			int size = mirror.firstSnapshot().get(60, TimeUnit.SECONDS).size();
			long end = System.nanoTime();
			check(size, nodes);
			return end - start;
		}
	}

	private long cache(String root, int nodes) throws Exception {
		try (Coordination coordination = connect()) {
			CountDownLatch initialized = new CountDownLatch(1);
			long start = System.nanoTime();
			try (CuratorCache cache = CuratorCache.build(coordination.client(), root)) {
				cache.listenable()
					.addListener(CuratorCacheListener.builder().forInitialized(initialized::countDown).build());
				cache.start();
				if (!initialized.await(60, TimeUnit.SECONDS)) {
					throw new IllegalStateException("CuratorCache was not initialized in 60 s");
				}
				long end = System.nanoTime();
				check(cache.size() - 1, nodes);
				return end - start;
			}
		}
	}

	private static void check(int size, int nodes) {
		if (size != nodes) {
			throw new IllegalStateException("read " + size + " of " + nodes + " nodes");
		}
	}

}
