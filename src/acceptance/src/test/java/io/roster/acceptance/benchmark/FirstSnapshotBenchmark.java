package io.roster.acceptance.benchmark;

import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorOptions;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;

/**
 * How long it takes until the first snapshot of a folder of nodes is there, on a
 * connection that stands: Roster's mirror against Curator's {@code CuratorCache}.
 */
final class FirstSnapshotBenchmark {

	private final String connectString;

	private final Report report;

	FirstSnapshotBenchmark(String connectString, Report report) {
		this.connectString = connectString;
		this.report = report;
	}

	void run(int nodes, int rounds) throws Exception {
		String root = "/first-snapshot-" + nodes;
		try (Coordination coordination = Fixtures.connect(this.connectString)) {
			Fixtures.fill(coordination.client(), root, nodes);
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
		this.report.times(String.format(Locale.ROOT,
				(nodes == 1) ? "first snapshot of %d node" : "first snapshot of %,d nodes", nodes), "Mirror", roster,
				"CuratorCache", curator);
	}

	private long mirror(String root, int nodes) throws Exception {
		try (Coordination coordination = Fixtures.connect(this.connectString)) {
			long start = System.nanoTime();
			Mirror mirror = coordination.mirror(root, MirrorOptions.withData());
			int size = mirror.firstSnapshot().get(60, TimeUnit.SECONDS).size();
			long end = System.nanoTime();
			check(size, nodes);
			return end - start;
		}
	}

	private long cache(String root, int nodes) throws Exception {
		try (Coordination coordination = Fixtures.connect(this.connectString)) {
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
