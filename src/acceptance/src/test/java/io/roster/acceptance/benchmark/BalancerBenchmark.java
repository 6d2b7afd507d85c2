package io.roster.acceptance.benchmark;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.roster.coordination.Coordination;
import org.apache.curator.framework.CuratorFramework;

/**
 * From the call that starts or stops an instance, or from the instant at which its
 * process is killed, until a consumer's load balancer chooses it, or can choose it no
 * more: Roster's starter in a Spring Boot application against Curator's
 * {@code ServiceProvider} over its {@code ServiceCache}, in this process, in turn.
 * <p>
 * An application with the starter follows the lists itself, unless it is told to register
 * only, and is told of its own end. So it is compared with a peer whose instances stand
 * in an application that has a {@code ServiceCache} too, and one that only registers with
 * a peer that follows nothing.
 */
final class BalancerBenchmark {

	private static final int FIRST_PORT = 20_000;

	private static final int OTHERS = 20;

	private static final String ROOT_OF_REGISTERING = "/servers-registering";

	private static final String ROOT_OF_LONE = "/curator-lone";

	/** With fewer, what a change runs through is not all compiled. */
	private static final int WARM_UP = 10_000;

	/** With new connections each: which member they are to, and whom that tells first. */
	private static final int SCENES = 5;

	/** At the beginning of each scene. */
	private static final int UNCOUNTED = 1_500;

	private static final int KILLED_PROCESSES = 3;

	private static final int KILLED_SESSIONS = 4;

	/** Long beyond anything that is measured: what takes longer is broken. */
	private static final Duration BOUND = Duration.ofSeconds(60);

	private final String connectString;

	private final Report report;

	private int nextPort = FIRST_PORT;

	BalancerBenchmark(String connectString, Report report) {
		this.connectString = connectString;
		this.report = report;
	}

	Figures run(int rounds) throws Exception {
		Figures roster = Figures.empty();
		Figures curator = Figures.empty();
		Figures registering = Figures.empty();
		Figures lone = Figures.empty();
		try (Scene scene = new Scene(Figures.empty(), Figures.empty(), Figures.empty(), Figures.empty())) {
			startAndStop(scene.sides(), WARM_UP);
		}
		for (int i = 0; i < SCENES; i++) {
			try (Scene scene = new Scene(roster, curator, registering, lone)) {
				startAndStop(scene.sides().stream().map(Side::unmeasured).toList(), UNCOUNTED);
				startAndStop(scene.sides(), rounds / SCENES);
				if (i == SCENES - 1) {
					kill(scene.roster, scene.curator);
				}
			}
		}
		roster.report(this.report, "starter", "ServiceCache", curator);
		registering.reportCalls(this.report, "starter, follow=false at the provider",
				"ServiceCache, none at the provider", lone);
		return roster;
	}

	/** What comes first in a round may be the colder or the less disturbed. */
	private void startAndStop(List<Side> sides, int rounds) throws Exception {
		List<Side> order = new ArrayList<>(sides);
		for (int round = 0; round < rounds; round++) {
			Collections.rotate(order, 1);
			for (Side each : order) {
				startAndStop(each);
			}
		}
	}

	private void startAndStop(Side side) throws Exception {
		stopOne(side, startOne(side, side.figures.starts()));
	}

	private int startOne(Side side, Samples samples) throws Exception {
		int port = this.nextPort++;
		Future<Void> call = side.inAnotherThread(() -> side.provider.start(port));
		long start = System.nanoTime();
		samples.add(side.chooser.awaitChosen(port, BOUND) - start);
		call.get(BOUND.toSeconds(), TimeUnit.SECONDS);
		return port;
	}

	private static void stopOne(Side side, int port) throws Exception {
		Future<Void> call = side.inAnotherThread(() -> side.provider.stop(port));
		long start = System.nanoTime();
		side.figures.stops().add(side.chooser.awaitGone(port, BOUND) - start);
		call.get(BOUND.toSeconds(), TimeUnit.SECONDS);
	}

	/** Both sides' instances stand in the same processes, which are killed in turn. */
	private void kill(Side roster, Side curator) throws Exception {
		List<ChildProcess> processes = new ArrayList<>();
		try {
			List<Killed> killed = new ArrayList<>();
			for (int i = 0; i < KILLED_PROCESSES; i++) {
				int first = this.nextPort;
				this.nextPort += KILLED_SESSIONS;
				processes
					.add(ChildProcess.launch(DoomedProvider.class, this.connectString, "" + first, "" + KILLED_SESSIONS)
						.awaitReady());
				for (int port = first; port < this.nextPort; port++) {
					roster.chooser.awaitChosen(port, BOUND);
					curator.chooser.awaitChosen(port, BOUND);
				}
			}
			int port = this.nextPort - KILLED_PROCESSES * KILLED_SESSIONS;
			for (ChildProcess process : processes) {
				long at = System.nanoTime();
				process.kill();
				for (int i = 0; i < KILLED_SESSIONS; i++) {
					killed.add(new Killed(roster, port, at));
					killed.add(new Killed(curator, port++, at));
				}
				// the members see the end of sessions only at their ticks
				follow(killed, Duration.ofMillis(1_300));
			}
			follow(killed, BOUND);
			if (!killed.isEmpty()) {
				throw new IllegalStateException("listed " + BOUND + " after their end: " + killed);
			}
		}
		finally {
			processes.forEach(ChildProcess::close);
		}
	}

	private static void follow(List<Killed> killed, Duration time) {
		long start = System.nanoTime();
		while (!killed.isEmpty() && System.nanoTime() - start < time.toNanos()) {
			killed.removeIf(Killed::isGone);
			LockSupport.parkNanos(1_000_000);
		}
	}

	/** A consumer of each kind and its providers, all on new connections. */
	private final class Scene implements AutoCloseable {

		private final Deque<AutoCloseable> opened = new ArrayDeque<>();

		private final Side roster;

		private final Side curator;

		private final Side registering;

		private final Side lone;

		Scene(Figures roster, Figures curator, Figures registering, Figures lone) throws Exception {
			BalancerBenchmark.this.nextPort = FIRST_PORT;
			CuratorFramework consumer = connect().client();
			CuratorFramework curators = connect().client();
			String connectString = BalancerBenchmark.this.connectString;
			this.roster = new Side(open(RosterProvider.following(connect())),
					open(SpringChooser.start(connectString, Fixtures.SERVICE)), roster);
			this.curator = new Side(open(new CuratorProvider(curators, CuratorProvider.ROOT)),
					open(new CuratorChooser(consumer, CuratorProvider.ROOT, Fixtures.SERVICE)), curator);
			open(new CuratorChooser(curators, CuratorProvider.ROOT, Fixtures.SERVICE));
			this.registering = new Side(open(RosterProvider.registering(connect(), ROOT_OF_REGISTERING)),
					open(SpringChooser.start(connectString, Fixtures.SERVICE, ROOT_OF_REGISTERING)), registering);
			this.lone = new Side(open(new CuratorProvider(connect().client(), ROOT_OF_LONE)),
					open(new CuratorChooser(consumer, ROOT_OF_LONE, Fixtures.SERVICE)), lone);
			for (int i = 0; i < OTHERS; i++) {
				for (Side each : sides()) {
					startOne(each, new Samples());
				}
			}
		}

		List<Side> sides() {
			return List.of(this.roster, this.curator, this.registering, this.lone);
		}

		private Coordination connect() throws InterruptedException {
			return open(Fixtures.connect(BalancerBenchmark.this.connectString));
		}

		private <T extends AutoCloseable> T open(T resource) {
			this.opened.push(resource);
			return resource;
		}

		@Override
		public void close() throws Exception {
			for (AutoCloseable each : this.opened) {
				each.close();
			}
		}

	}

	private record Killed(Side side, int port, long at) {

		boolean isGone() {
			if (this.side.chooser.lists(this.port)) {
				return false;
			}
			this.side.figures.kills().add(System.nanoTime() - this.at);
			return true;
		}

	}

	private record Side(Provider provider, Chooser chooser, Figures figures) {

		private static final ExecutorService CALLS = Executors.newSingleThreadExecutor((task) -> {
			Thread thread = new Thread(task, "provider");
			thread.setDaemon(true);
			return thread;
		});

		Side unmeasured() {
			return new Side(this.provider, this.chooser, Figures.empty());
		}

		/** Looking begins at once, and not when the call has returned. */
		Future<Void> inAnotherThread(Step step) {
			Callable<Void> task = () -> {
				step.run();
				return null;
			};
			return CALLS.submit(task);
		}

	}

	@FunctionalInterface
	private interface Step {

		void run() throws Exception;

	}

}
