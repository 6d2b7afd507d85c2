package io.roster.acceptance.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Coordination;

/**
 * From the call that changes the data of one instance until all followers over other
 * connections have it: Roster's {@code Directory} against Curator's {@code CuratorCache},
 * in turn.
 */
final class ChangeBenchmark {

	private static final int WARM_UP = 100;

	private static int runs;

	private final String connectString;

	private final Report report;

	ChangeBenchmark(String connectString, Report report) {
		this.connectString = connectString;
		this.report = report;
	}

	/**
	 * Measures and reports.
	 * @param instances how many there are
	 * @param followers how many follow them, each over a connection of its own
	 * @param rounds how many changes
	 */
	void run(int instances, int followers, int rounds) throws Exception {
		try (Coordination writer = Fixtures.connect(this.connectString);
				Side roster = new Side("roster", writer, instances);
				Side curator = new Side("curator", writer, instances)) {
			roster.follow(this.connectString, Follower::directory, followers);
			curator.follow(this.connectString, Follower::cache, followers);
			for (int round = -WARM_UP; round < rounds; round++) {
				// what comes second in a round may be the warmer or the more disturbed
				((round % 2 == 0) ? roster : curator).change(round);
				((round % 2 == 0) ? curator : roster).change(round);
			}
			String what = (followers == 1) ? "one change among %,d instances"
					: "one change among %,d instances until the last of " + followers + " has it";
			this.report.times(String.format(Locale.ROOT, what, instances), "Directory", roster.samples, "CuratorCache",
					curator.samples);
		}
	}

	/** Followers of one kind, below a root of their own. */
	private static final class Side implements AutoCloseable {

		private final Coordination writer;

		private final String root;

		private final int instances;

		private final List<AutoCloseable> open = new ArrayList<>();

		private final Semaphore seen = new Semaphore(0);

		private final Samples samples = new Samples();

		private int followers;

		Side(String kind, Coordination writer, int instances) throws Exception {
			this.writer = writer;
			this.instances = instances;
			this.root = "/change-" + kind + "-" + runs++;
			Fixtures.fill(writer.client(), this.root, instances);
		}

		void follow(String connectString, Follower.Kind kind, int count) throws Exception {
			this.followers = count;
			for (int i = 0; i < count; i++) {
				Coordination coordination = Fixtures.connect(connectString);
				this.open.add(coordination);
				this.open.add(kind.follow(coordination, this.root, this.seen::release));
			}
		}

		void change(int round) throws Exception {
			int instance = Math.floorMod(round * 7, this.instances);
			byte[] data = Fixtures.data(instance, round + WARM_UP + 1);
			String path = Fixtures.path(this.root, instance);
			long start = System.nanoTime();
			this.writer.client().setData().inBackground().forPath(path, data);
			if (!this.seen.tryAcquire(this.followers, 30, TimeUnit.SECONDS)) {
				throw new IllegalStateException("a change was not seen by all in 30 s");
			}
			if (round >= 0) {
				this.samples.add(System.nanoTime() - start);
			}
		}

		@Override
		public void close() throws Exception {
			for (int i = this.open.size() - 1; i >= 0; i--) {
				this.open.get(i).close();
			}
		}

	}

}
