package io.roster.quickstart;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.roster.ensemble.EnsembleStatus;
import io.roster.ensemble.MemberConfig;
import io.roster.ensemble.MemberProcess;
import io.roster.ensemble.MemberStatus;

/**
 * Does to one member what {@code zkServer.sh} does: of the demo that runs in the folder,
 * with which it ends then, or alone in the background.
 */
final class MemberCommand {

	private static final Duration ANSWER_BOUND = Duration.ofSeconds(2);

	/** For a member to find its leader; one that waits for the others has none. */
	private static final Duration JOIN_BOUND = Duration.ofSeconds(8);

	private static final long PAUSE_MS = 100;

	private final DemoFolder folder;

	private final Members members;

	private final int id;

	private final Console console;

	private final LongSupplier ticker;

	MemberCommand(Members members, int id, Console console, LongSupplier ticker) {
		this.folder = members.folder();
		this.members = members;
		this.id = id;
		this.console = console;
		this.ticker = ticker;
	}

	/**
	 * Starts it in the background.
	 * @return the exit code
	 */
	int start(Installation installation) throws IOException, InterruptedException {
		Optional<ProcessHandle> running = process().running();
		if (running.isPresent()) {
			this.console.say("member " + this.id + " runs already, pid " + running.get().pid());
			return 0;
		}
		MemberConfig config = this.members.configure(this.id);
		PortCheck.requireFree(List.of(config.client().port()));
		AgentJar.write(this.folder.agentJar());
		boolean demoRuns = DemoLock.isTaken(this.folder);
		DemoProcess started = DemoProcess.start(Members.name(this.id),
				JavaCommand.member(installation, this.id, this.folder, demoRuns), this.folder);
		this.console.say("member " + this.id + " started, pid " + started.pid()
				+ (demoRuns ? ", ends with the demo" : ", runs until it is stopped") + ", log " + started.log());
		return awaitRole(started);
	}

	private int awaitRole(DemoProcess started) throws InterruptedException {
		long startedAt = this.ticker.getAsLong();
		while (this.ticker.getAsLong() - startedAt < JOIN_BOUND.toNanos()) {
			if (!started.isAlive()) {
				throw new DemoException(
						"member " + this.id + " " + started.ending() + System.lineSeparator() + started.lastWords());
			}
			MemberStatus status = ask();
			if (status.isServing()) {
				this.console.say("member " + this.id + " is " + status.role().text());
				return 0;
			}
			TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
		}
		this.console.say("member " + this.id + " has no quorum yet: " + ask().problem());
		return 0;
	}

	/**
	 * Stops it.
	 * @return the exit code
	 */
	int stop() throws IOException, InterruptedException {
		boolean stopped = process().stop(Fleet.GRACE);
		this.console.say("member " + this.id + (stopped ? " stopped" : " does not run"));
		return stopped ? 0 : 1;
	}

	/**
	 * Shows its role.
	 * @return the exit code: 0 if it serves
	 */
	int status() throws IOException {
		String pid = process().running().map((process) -> "pid " + process.pid()).orElse("no process");
		MemberStatus status = ask();
		if (!status.isServing()) {
			this.console.say("member " + this.id + " at " + status.address() + " (" + pid + ") " + status.problem());
			return 1;
		}
		this.console.say("member %d at %s (%s): %s, epoch %s, zxid %s, %s connections".formatted(this.id,
				status.address(), pid, status.role().text(), status.epoch(), status.zxid(), status.connections()));
		return 0;
	}

	/**
	 * Runs it in this process, until the process is told to end.
	 * @return the exit code
	 */
	int run() throws IOException, InterruptedException {
		return MemberProcess.run(this.members.configuration(this.id));
	}

	private MemberStatus ask() {
		return EnsembleStatus.of(List.of(this.members.address(this.id)), ANSWER_BOUND).members().get(0);
	}

	private MemberHandle process() {
		return MemberHandle.of(this.folder, this.id);
	}

}
