package io.roster.acceptance.lockfaults;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.roster.acceptance.FreePorts;
import io.roster.acceptance.RunningApplication;

/**
 * A replica of the lock service in a process of its own, and its ways to the members.
 */
final class Replica implements AutoCloseable {

	private final int port = FreePorts.next();

	private final Path folder;

	private final List<Link> links;

	private volatile RunningApplication process;

	Replica(Path folder, List<String> members) {
		this.folder = folder;
		this.links = members.stream().map(Link::new).toList();
		this.process = launch();
	}

	private RunningApplication launch() {
		return RunningApplication.launch("lock-service", this.port, this.folder,
				"spring.cloud.zookeeper.connect-string="
						+ this.links.stream().map(Link::address).collect(Collectors.joining(",")),
				// Shorter than the faults, so that sessions are lost.
				"spring.cloud.zookeeper.session-timeout=4s", "roster.locks.answer-within=4s");
	}

	URI url() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	void awaitReady() {
		this.process.awaitReady();
	}

	/** As {@code kill -9}, and starts it again when the time has passed. */
	void killAndRestart(Duration after) {
		this.process.kill();
		Pause.of(after);
		this.process = launch();
		this.process.awaitReady();
	}

	/** It does nothing for a time, and does not notice. */
	void suspend(Duration time) throws IOException {
		signal("-STOP");
		try {
			Pause.of(time);
		}
		finally {
			signal("-CONT");
		}
	}

	private void signal(String signal) throws IOException {
		Command.run("kill " + signal + " " + this.process.pid());
	}

	void cut(Duration time) {
		this.links.forEach(Link::cut);
		healAfter(time);
	}

	void stall(Duration time) {
		this.links.forEach(Link::stall);
		healAfter(time);
	}

	void delay(Duration toMember, Duration toReplica, Duration time) {
		this.links.forEach((link) -> link.delay(toMember, toReplica));
		healAfter(time);
	}

	private void healAfter(Duration time) {
		Pause.of(time);
		this.links.forEach(Link::heal);
	}

	@Override
	public void close() throws IOException {
		this.process.close();
		for (Link link : this.links) {
			link.close();
		}
	}

}
