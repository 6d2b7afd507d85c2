package io.roster.quickstart;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One process of the demo, with its output in a file.
 */
final class DemoProcess {

	private static final int TOLD_LINES = 15;

	private final String name;

	private final Process process;

	private final Path log;

	private final PidFile pidFile;

	private DemoProcess(String name, Process process, Path log, PidFile pidFile) {
		this.name = name;
		this.process = process;
		this.log = log;
		this.pidFile = pidFile;
	}

	/**
	 * Starts it in the demo's folder. Its output is added to its log.
	 * @throws DemoException if the system cannot start it
	 */
	static DemoProcess start(String name, List<String> command, DemoFolder folder) {
		Path log = folder.log(name);
		try {
			Process process = new ProcessBuilder(command).directory(folder.root().toFile())
				.redirectErrorStream(true)
				.redirectOutput(Redirect.appendTo(log.toFile()))
				.start();
			process.getOutputStream().close();
			PidFile pidFile = new PidFile(folder.pidFile(name));
			pidFile.write(process.toHandle());
			return new DemoProcess(name, process, log, pidFile);
		}
		catch (IOException ex) {
			throw new DemoException("Cannot start " + name + ": " + ex.getMessage(), ex);
		}
	}

	String name() {
		return this.name;
	}

	long pid() {
		return this.process.pid();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/** Calls back, on a thread of the system's, when the process has ended. */
	void onExit(Consumer<DemoProcess> listener) {
		CompletableFuture<?> unused = this.process.onExit().thenAccept((ended) -> {
			try {
				this.pidFile.delete();
			}
			catch (IOException ex) {
				// The file names the time of the start, so that it misleads nobody.
			}
			listener.accept(this);
		});
	}

	/** The exit code in words; signals are what shells add 128 to. */
	String ending() {
		int code = this.process.exitValue();
		return switch (code) {
			case 128 + 9 -> "was killed (SIGKILL)";
			case 128 + 15 -> "ended (SIGTERM)";
			default -> "ended with exit code " + code;
		};
	}

	/** Asks it to end. */
	void terminate() {
		this.process.destroy();
	}

	/**
	 * Waits for its end, and kills it if that takes longer than the bound.
	 * @return whether it ended by itself
	 */
	boolean awaitEnd(Duration bound) throws InterruptedException {
		if (this.process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
			return true;
		}
		this.process.destroyForcibly().waitFor();
		return false;
	}

	/** What it said last, for the case that it did not start. */
	String lastWords() {
		try {
			List<String> lines = new String(Files.readAllBytes(this.log), StandardCharsets.UTF_8).lines().toList();
			return String.join(System.lineSeparator(),
					lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size()));
		}
		catch (IOException ex) {
			return "(its log cannot be read: " + ex.getMessage() + ")";
		}
	}

	Path log() {
		return this.log;
	}

}
