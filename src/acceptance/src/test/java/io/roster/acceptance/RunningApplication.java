package io.roster.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/**
 * An application started from its executable jar as a process of its own. Its output goes
 * to a file.
 */
public final class RunningApplication implements AutoCloseable {

	/** The second compiler comes too late for a test. */
	private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1");

	private static final Duration START = Duration.ofSeconds(180);

	private static final Duration STOP = Duration.ofSeconds(40);

	private final String module;

	private final int port;

	private final Path log;

	private final Process process;

	private RunningApplication(String module, int port, Path log, Process process) {
		this.module = module;
		this.port = port;
		this.log = log;
		this.process = process;
	}

	/**
	 * Starts the application and returns at once.
	 * @param module the module's folder
	 * @param port its HTTP port
	 * @param folder where its log goes
	 * @param properties more properties, as {@code name=value}
	 * @return the process
	 */
	public static RunningApplication launch(String module, int port, Path folder, String... properties) {
		return launch(QUICK_START, "256m", module, port, folder, properties);
	}

	private static RunningApplication launch(List<String> jvm, String heap, String module, int port, Path folder,
			String... properties) {
		List<String> command = new ArrayList<>(jvm);
		command.addAll(List.of("-Xmx" + heap, "-jar", Repository.jar(module).toString()));
		return start(module, port, folder, command, List.of(properties));
	}

	/**
	 * Starts a class as an application on a free port and returns at once.
	 * @param name what to call it, and its log
	 * @param classPath where the class is found, and all that it needs
	 * @param mainClass the class
	 * @param folder where its log goes
	 * @param properties more properties, as {@code name=value}
	 * @return the process
	 */
	public static RunningApplication launchClass(String name, String classPath, Class<?> mainClass, Path folder,
			String... properties) {
		List<String> command = new ArrayList<>(QUICK_START);
		command.addAll(List.of("-XX:+UseSerialGC", "-Xmx128m", "-classpath", classPath, mainClass.getName()));
		return start(name, FreePorts.next(), folder, command, List.of(properties));
	}

	private static RunningApplication start(String name, int port, Path folder, List<String> java,
			List<String> properties) {
		List<String> command = new ArrayList<>(List.of(Java.executable(), "-Djava.net.preferIPv4Stack=true"));
		command.addAll(java);
		command.add("--server.port=" + port);
		for (String property : properties) {
			command.add("--" + property);
		}
		Path log = folder.resolve(name + "-" + port + ".log");
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
				.start();
			return new RunningApplication(name, port, log, process);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Starts the application on a free port, with all that makes it fast in the long run,
	 * and returns at once.
	 * @param module the module's folder
	 * @param folder where its log goes
	 * @param properties more properties, as {@code name=value}
	 * @return the process
	 */
	public static RunningApplication launchForSpeed(String module, Path folder, String... properties) {
		return launchWithHeap(module, "256m", folder, properties);
	}

	/**
	 * The same with a heap of another size.
	 * @param module the module's folder
	 * @param heap as {@code -Xmx} takes it
	 * @param folder where its log goes
	 * @param properties more properties, as {@code name=value}
	 * @return the process
	 */
	public static RunningApplication launchWithHeap(String module, String heap, Path folder, String... properties) {
		return launch(List.of(), heap, module, FreePorts.next(), folder, properties);
	}

	/**
	 * The same with more classes in the application.
	 * @param module the module's folder
	 * @param heap as {@code -Xmx} takes it
	 * @param classes a folder of classes, with its auto-configurations
	 * @param folder where its log goes
	 * @param properties more properties, as {@code name=value}
	 * @return the process
	 */
	public static RunningApplication launchWithClasses(String module, String heap, Path classes, Path folder,
			String... properties) {
		// Not -jar: another of the jar's launchers takes the folder
		List<String> command = List.of("-Xmx" + heap, "-Dloader.path=" + classes, "-classpath",
				Repository.jar(module).toString(), "org.springframework.boot.loader.launch.PropertiesLauncher");
		return start(module, FreePorts.next(), folder, command, List.of(properties));
	}

	/**
	 * Waits until the application says that it is ready.
	 * @return this
	 */
	public RunningApplication awaitReady() {
		try {
			Awaitility.await(this.module + " on " + this.port)
				.atMost(START)
				.pollInterval(Duration.ofMillis(100))
				.until(() -> !this.process.isAlive() || Http.get(uri("/actuator/health/readiness")).is(200));
		}
		catch (RuntimeException ex) {
			throw new AssertionError(this.module + " is not ready: " + output(), ex);
		}
		if (!this.process.isAlive()) {
			throw new AssertionError(this.module + " ended with " + this.process.exitValue() + ": " + output());
		}
		return this;
	}

	public URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	public long pid() {
		return this.process.pid();
	}

	public int port() {
		return this.port;
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * What the process has printed.
	 * @return all of it
	 */
	public String output() {
		try {
			return Files.exists(this.log) ? Files.readString(this.log) : "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Ends the process as {@code kill -9} does, and waits for its end. */
	public void kill() {
		this.process.destroyForcibly();
		awaitEnd();
	}

	/** Asks the process to end as {@code kill -TERM} does, and returns at once. */
	public void terminate() {
		this.process.destroy();
	}

	/** Asks the process to end, and waits until it has. */
	public void stop() {
		terminate();
		awaitEnd();
	}

	public void awaitEnd() {
		try {
			if (!this.process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new AssertionError(this.module + " has not ended after " + STOP + ": " + output());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted while waiting for the end of " + this.module, ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
