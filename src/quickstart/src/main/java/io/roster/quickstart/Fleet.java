package io.roster.quickstart;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The processes that the demo has started. Ends are shown as they happen. Safe for use by
 * several threads: a stop may come while others are still being started.
 */
final class Fleet {

	/** For a process that is asked to end; registrations are taken back in this time. */
	static final Duration GRACE = Duration.ofSeconds(10);

	private final DemoFolder folder;

	private final Console console;

	private final Map<Stage, List<DemoProcess>> processes = new EnumMap<>(Stage.class);

	private boolean stopping;

	Fleet(DemoFolder folder, Console console) {
		this.folder = folder;
		this.console = console;
	}

	/**
	 * Starts a process.
	 * @throws DemoException if it cannot be started, or all are being stopped
	 */
	synchronized DemoProcess start(Stage stage, String name, List<String> command) {
		if (this.stopping) {
			throw new DemoException("Stopped before everything was started");
		}
		DemoProcess process = DemoProcess.start(name, command, this.folder);
		this.processes.computeIfAbsent(stage, (key) -> new ArrayList<>()).add(process);
		process.onExit(this::ended);
		return process;
	}

	/** All that were started, in no order. */
	synchronized List<DemoProcess> all() {
		return this.processes.values().stream().flatMap(List::stream).toList();
	}

	/** Stops all, stage by stage, and returns when none is left. */
	void stop() throws InterruptedException {
		synchronized (this) {
			if (this.stopping) {
				return;
			}
			this.stopping = true;
			if (this.processes.isEmpty()) {
				// Members started by hand belong to a demo that has started.
				return;
			}
		}
		for (Stage stage : Stage.values()) {
			stop(this.processes.getOrDefault(stage, List.of()));
		}
		stopMembersStartedByHand();
	}

	private void stop(List<DemoProcess> stage) throws InterruptedException {
		List<DemoProcess> alive = stage.stream().filter(DemoProcess::isAlive).toList();
		alive.forEach(DemoProcess::terminate);
		for (DemoProcess process : alive) {
			boolean byItself = process.awaitEnd(GRACE);
			this.console.event(process.name() + (byItself ? " stopped" : " did not stop in time and was killed"));
		}
	}

	private void stopMembersStartedByHand() throws InterruptedException {
		for (int id : Members.ids().toArray()) {
			try {
				if (MemberHandle.of(this.folder, id).stop(GRACE)) {
					this.console.event(Members.name(id) + " stopped");
				}
			}
			catch (IOException ex) {
				this.console.event(Members.name(id) + " may still run: " + ex.getMessage());
			}
		}
	}

	private synchronized void ended(DemoProcess process) {
		if (!this.stopping) {
			this.console.event(process.name() + " (pid " + process.pid() + ") " + process.ending());
		}
	}

}
