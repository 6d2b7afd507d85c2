package io.roster.acceptance.benchmark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A main class of this package in a process of its own. It is talked with by lines, and
 * ends when its input does.
 */
final class ChildProcess implements AutoCloseable {

	static final String READY = "ready";

	private static final String SAID = "@ ";

	private final Class<?> program;

	private final Process process;

	private final Writer input;

	private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();

	private ChildProcess(Class<?> program, Process process) {
		this.program = program;
		this.process = process;
		this.input = process.outputWriter(StandardCharsets.UTF_8);
		Thread reader = new Thread(this::read, program.getSimpleName() + "-output");
		reader.setDaemon(true);
		reader.start();
	}

	static ChildProcess launch(Class<?> program, String... arguments) throws IOException {
		return launch(System.getProperty("java.class.path"), program, arguments);
	}

	/** Leaves out all modules of this build but this one's classes. */
	static ChildProcess launchWithoutRoster(Class<?> program, String... arguments) throws IOException {
		Path own = Path.of(program.getProtectionDomain().getCodeSource().getLocation().getPath());
		Path checkout = own.resolve("../../../..").normalize();
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((entry) -> Path.of(entry).toAbsolutePath().normalize())
			.filter((entry) -> entry.equals(own) || !entry.startsWith(checkout))
			.map(Path::toString)
			.collect(Collectors.joining(File.pathSeparator));
		return launch(classPath, program, arguments);
	}

	/** With all that makes it fast in the long run. */
	static ChildProcess launchForSpeed(Class<?> program, String... arguments) throws IOException {
		return launch(List.of(), System.getProperty("java.class.path"), program, arguments);
	}

	private static ChildProcess launch(String classPath, Class<?> program, String... arguments) throws IOException {
		return launch(List.of("-XX:TieredStopAtLevel=1"), classPath, program, arguments);
	}

	private static ChildProcess launch(List<String> jvm, String classPath, Class<?> program, String... arguments)
			throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvm);
		command.addAll(List.of("-Xmx128m", "-classpath", classPath, program.getName()));
		command.addAll(List.of(arguments));
		return new ChildProcess(program,
				new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
	}

	/** For the program's own use: a line that is no line of a log. */
	static void say(String line) {
		System.out.println(SAID + line);
	}

	/** For the program's own use: it ends when its parent does. */
	static void endWithInput() {
		new Thread(() -> {
			try {
				System.in.transferTo(OutputStream.nullOutputStream());
			}
			catch (IOException ex) {
				System.err.println("The input was lost: " + ex);
			}
			Runtime.getRuntime().halt(0);
		}, "input").start();
	}

	private void read() {
		try (BufferedReader output = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				if (line.startsWith(SAID)) {
					this.lines.add(new Line(line.substring(SAID.length()), System.nanoTime()));
				}
				else {
					System.out.println(this.program.getSimpleName() + ": " + line);
				}
			}
		}
		catch (IOException ex) {
			if (this.process.isAlive()) {
				System.out.println("The output of " + this.program.getSimpleName() + " was lost: " + ex);
			}
		}
	}

	void send(String line) throws IOException {
		this.input.write(line + "\n");
		this.input.flush();
	}

	/** The next line, {@code null} if none comes in time. */
	@Nullable Line next(Duration bound) throws InterruptedException {
		return this.lines.poll(bound.toNanos(), TimeUnit.NANOSECONDS);
	}

	ChildProcess awaitReady() throws InterruptedException {
		Line line = next(Duration.ofSeconds(60));
		if (line == null || !line.text().equals(READY)) {
			throw new IllegalStateException(this.program.getSimpleName() + " did not come up, it said " + line);
		}
		return this;
	}

	/** Ends it as {@code kill -9} does. */
	void kill() {
		this.process.destroyForcibly();
	}

	@Override
	public void close() {
		kill();
		this.process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
	}

	/** What was printed, and when it came. */
	record Line(String text, long nanos) {
	}

}
