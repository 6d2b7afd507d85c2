package io.roster.acceptance.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that knows nothing of Roster. It is started with the addresses of the
 * ensemble, what to do, and a path:
 *
 * <pre>
 * COMMAND SERVERS register /servers/bikesvc 127.0.0.1:9001    an ephemeral sequential node with this data, until SIGTERM
 * COMMAND SERVERS mirror /servers                             prints the names of the children when they change
 * COMMAND SERVERS lock /locks/bike SECONDS                    prints "acquired" when it holds the lock, gives it back on SIGTERM
 * </pre>
 *
 * One that knows credentials finds them, as {@code user:password}, in the variable
 * {@code ZOOKEEPER_DIGEST} of its environment. It creates for that user alone, or open to
 * the world where {@code ZOOKEEPER_OPEN} is set.
 */
final class ForeignProgram implements AutoCloseable {

	private final Path output;

	private final Process process;

	ForeignProgram(String command, Path folder, String... arguments) {
		this(command, folder, Map.of(), arguments);
	}

	ForeignProgram(String command, Path folder, Map<String, String> environment, String... arguments) {
		List<String> all = new ArrayList<>(List.of(command.strip().split(" +", -1)));
		all.addAll(List.of(arguments));
		try {
			this.output = Files.createTempFile(folder, "foreign-", ".log");
			ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true)
				.redirectOutput(this.output.toFile());
			builder.environment().putAll(environment);
			this.process = builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String output() {
		try {
			return Files.readString(this.output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Asks it to end, and waits until it has. */
	void stop() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(30, TimeUnit.SECONDS)) {
				throw new AssertionError("has not ended: " + output());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted", ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
