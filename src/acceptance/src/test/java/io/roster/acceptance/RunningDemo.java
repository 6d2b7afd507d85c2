package io.roster.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

/**
 * The demo as a user starts it, on free ports and in a folder of its own.
 */
public final class RunningDemo implements AutoCloseable {

	private static final Duration START = Duration.ofSeconds(180);

	private static final Duration STOP = Duration.ofSeconds(60);

	private final Path folder;

	private final Path output;

	private final Process process;

	private RunningDemo(Path folder, Path output, Process process) {
		this.folder = folder;
		this.output = output;
		this.process = process;
	}

	/**
	 * Starts it, and waits until it says that it is ready.
	 * @param folder where its data and logs go
	 * @param options more options of the demo
	 * @return the running demo
	 */
	public static RunningDemo start(Path folder, String... options) {
		RunningDemo demo = launch(folder, options);
		demo.awaitReady();
		return demo;
	}

	/**
	 * Starts it, and returns at once.
	 * @param folder where its data and logs go
	 * @param options more options of the demo
	 * @return the demo
	 */
	static RunningDemo launch(Path folder, String... options) {
		Path output = folder.resolve("output.txt");
		List<String> command = new ArrayList<>(
				List.of(Java.executable(), "-jar", jar(), "--dir", folder.resolve("demo").toString(), "--free-ports"));
		command.addAll(List.of(options));
		try {
			return new RunningDemo(folder, output,
					new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitReady() {
		try {
			Awaitility.await("the demo to be ready")
				.atMost(START)
				.pollInterval(Duration.ofMillis(200))
				.until(() -> output().contains("Roster is ready") || !this.process.isAlive());
		}
		catch (RuntimeException ex) {
			close();
			throw new AssertionError(output(), ex);
		}
		if (!this.process.isAlive()) {
			throw new AssertionError("the demo has ended: " + output());
		}
	}

	/**
	 * Where one of its applications answers.
	 * @param application such as {@code registry-server}
	 * @param number which of them, from 0
	 * @param path the path
	 * @return the address
	 */
	public URI uri(String application, int number, String path) {
		return URI.create("http://127.0.0.1:" + ports(application).get(number) + path);
	}

	/**
	 * Where its members answer.
	 * @return for {@code spring.cloud.zookeeper.connect-string}
	 */
	public String connectString() {
		return ports("members").stream().map((port) -> "127.0.0.1:" + port).collect(Collectors.joining(","));
	}

	/**
	 * Starts or stops one of its members, by the command that a user has for it.
	 * @param action start or stop
	 * @param id which one, from 1
	 */
	public void member(String action, int id) {
		Path said = this.folder.resolve("member.txt");
		try {
			Process command = new ProcessBuilder(Java.executable(), "-jar", jar(), "member", action, String.valueOf(id),
					"--dir", this.folder.resolve("demo").toString())
				.redirectErrorStream(true)
				.redirectOutput(said.toFile())
				.start();
			if (!command.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS) || command.exitValue() != 0) {
				throw new AssertionError("member " + action + " " + id + ": " + Files.readString(said));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted", ex);
		}
	}

	/**
	 * The processes that it has started and that still run.
	 * @return all of them
	 */
	List<ProcessHandle> processes() {
		return this.process.descendants().toList();
	}

	/** Asks it to end, as Ctrl-C does, and waits until it has. */
	void stop() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new AssertionError("the demo does not end: " + output());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted", ex);
		}
	}

	/** Ends it, and it alone, as {@code kill -9} does. */
	void kill() {
		this.process.destroyForcibly();
	}

	private List<String> ports(String process) {
		Properties ports = new Properties();
		try (InputStream in = Files.newInputStream(this.folder.resolve("demo/run/ports.properties"))) {
			ports.load(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(output(), ex);
		}
		return Arrays.asList(ports.getProperty(process).split(",", -1));
	}

	private static String jar() {
		return Repository.root().resolve("src/quickstart/target/roster-quickstart.jar").toString();
	}

	/**
	 * What it has printed.
	 * @return all of it
	 */
	String output() {
		try {
			return Files.exists(this.output) ? Files.readString(this.output) : "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Asks it to end, and ends what is left. */
	@Override
	public void close() {
		List<ProcessHandle> children = this.process.descendants().toList();
		this.process.destroy();
		try {
			if (!this.process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.process.destroyForcibly();
		}
		children.forEach(ProcessHandle::destroyForcibly);
	}

}
