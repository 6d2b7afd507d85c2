package io.roster.acceptance.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.roster.coordination.Coordination;

/**
 * From the call that starts or stops an instance, or from the instant at which its
 * process is killed, until a consumer's load balancer chooses it, or can choose it no
 * more: Roster's starter in a Spring Boot application against Curator's
 * {@code ServiceProvider} over its {@code ServiceCache}, in this process, in turn.
 */
final class BalancerBenchmark {

	private static final int OTHERS = 20;

	/** With fewer, what a change runs through is not all compiled. */
	private static final int WARM_UP = 5_000;

	private static final int KILLED_PROCESSES = 3;

	private static final int KILLED_SESSIONS = 4;

	/** Long beyond anything that is measured: what takes longer is broken. */
	private static final Duration BOUND = Duration.ofSeconds(60);

	private final String connectString;

	private final Report report;

	private int nextPort = 20_000;

	BalancerBenchmark(String connectString, Report report) {
		this.connectString = connectString;
		this.report = report;
	}

	Figures run(int rounds) throws Exception {
		try (Coordination rosters = Fixtures.connect(this.connectString);
				Coordination curators = Fixtures.connect(this.connectString);
				Coordination consumer = Fixtures.connect(this.connectString);
				Provider rosterProvider = new RosterProvider(rosters);
				Provider curatorProvider = new CuratorProvider(curators.client());
				Chooser rosterChooser = SpringChooser.start(this.connectString, Fixtures.SERVICE);
				Chooser curatorChooser = new CuratorChooser(consumer.client(), Fixtures.SERVICE)) {
			Side roster = new Side(rosterProvider, rosterChooser, Figures.empty());
			Side curator = new Side(curatorProvider, curatorChooser, Figures.empty());
			for (int i = 0; i < OTHERS; i++) {
				startOne(roster, new Samples());
				startOne(curator, new Samples());
			}
			startAndStop(roster.unmeasured(), curator.unmeasured(), WARM_UP);
			startAndStop(roster, curator, rounds);
			kill(roster, curator);
			roster.figures.report(this.report, "ServiceCache", curator.figures);
			return roster.figures;
		}
	}

	private void startAndStop(Side roster, Side curator, int rounds) throws Exception {
		for (int round = 0; round < rounds; round++) {
			// what comes second in a round may be the warmer or the more disturbed
			startAndStop((round % 2 == 0) ? roster : curator);
			startAndStop((round % 2 == 0) ? curator : roster);
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
