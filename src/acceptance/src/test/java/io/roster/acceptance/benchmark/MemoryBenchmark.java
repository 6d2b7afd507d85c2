package io.roster.acceptance.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.roster.coordination.Coordination;

/**
 * What a follower of many instances keeps in memory: the difference of the used heap,
 * after collections, with it and without. The members' memory is in the same heap, and
 * hardly changes meanwhile.
 */
final class MemoryBenchmark {

	private static final String ROOT = "/memory/" + Fixtures.SERVICE;

	private final String connectString;

	private final Report report;

	MemoryBenchmark(String connectString, Report report) {
		this.connectString = connectString;
		this.report = report;
	}

	void run(int instances, int rounds) throws Exception {
		try (Coordination coordination = Fixtures.connect(this.connectString)) {
			Fixtures.fill(coordination.client(), ROOT, instances);
		}
		String nodes = String.format(Locale.ROOT, "memory of %,d nodes of %d bytes", instances,
				Fixtures.data(0, 0).length);
		compare(nodes, instances, rounds, "Mirror", Follower::mirror, "CuratorCache", Follower::cache);
		compare(nodes + ", read as instances", instances, rounds, "Mirror` and its `Directory", Follower::directory,
				"ServiceCache", Follower::serviceCache);
	}

	private void compare(String what, int instances, int rounds, String roster, Follower.Kind ours, String peer,
			Follower.Kind theirs) throws Exception {
		List<Long> kept = new ArrayList<>();
		List<Long> keptByPeer = new ArrayList<>();
		for (int round = -1; round < rounds; round++) {
			long one = kept(ours);
			long other = kept(theirs);
			if (round >= 0) {
				kept.add(one);
				keptByPeer.add(other);
			}
		}
		this.report.row(what, text(roster, kept, instances), text(peer, keptByPeer, instances),
				ratio((double) median(kept) / median(keptByPeer)));
	}

	/** On a connection of its own, because what is closed is freed with it. */
	private long kept(Follower.Kind kind) throws Exception {
		try (Coordination coordination = Fixtures.connect(this.connectString)) {
			long before = used();
			Follower follower = kind.follow(coordination, ROOT, () -> {
			});
			try {
				return used() - before;
			}
			finally {
				follower.close();
			}
		}
	}

	/** Collected until that frees nothing more. */
	private static long used() {
		Runtime runtime = Runtime.getRuntime();
		long used = Long.MAX_VALUE;
		while (true) {
			System.gc();
			long now = runtime.totalMemory() - runtime.freeMemory();
			if (now >= used - 10_000) {
				return now;
			}
			used = now;
		}
	}

	private static String ratio(double times) {
		return (times > 0.9 && times < 1.1) ? "alike" : String.format(Locale.ROOT, "%.1f times as much", times);
	}

	private static long median(List<Long> bytes) {
		return bytes.stream().sorted().toList().get(bytes.size() / 2);
	}

	private static String text(String who, List<Long> bytes, int instances) {
		return String.format(Locale.ROOT, "`%s` %.1f MB, %,d bytes each (%d)", who, median(bytes) / 1e6,
				median(bytes) / instances, bytes.size());
	}

}
