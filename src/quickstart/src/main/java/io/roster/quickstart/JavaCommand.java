package io.roster.quickstart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Composes the command lines of the demo's processes. All run in the demo's folder, with
 * small heaps, and with the flags that make a JVM start fast: what is gained by the
 * second compiler comes too late for a demo.
 */
final class JavaCommand {

	private static final List<String> FAST_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
			"-XX:+ExitOnOutOfMemoryError",
			// A tenth of the start. For a demo on one machine only: it trusts the class
			// files
			// of this build and of its dependencies without verifying them.
			"-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote",
			"-Djava.net.preferIPv4Stack=true");

	private JavaCommand() {
	}

	/** A member, by this program itself. */
	static List<String> member(Installation installation, int id, DemoFolder folder, boolean tethered) {
		List<String> command = java("128m", tethered);
		command.add("-Droster.log.level=INFO");
		command.addAll(installation.self());
		command.addAll(List.of("member", "run", Integer.toString(id), "--dir", folder.root().toString()));
		return command;
	}

	/** An application. */
	static List<String> application(Path jar, int port, String connectString, List<String> properties) {
		List<String> command = java("256m", true);
		// What a start leaves behind is collected less often, and its classes never.
		command.addAll(List.of("-Xms160m", "-Xmn96m", "-XX:MetaspaceSize=160m"));
		command.addAll(List.of("-jar", jar.toString(), "--server.port=" + port, "--server.address=127.0.0.1",
				"--spring.cloud.zookeeper.connect-string=" + connectString));
		command.addAll(properties);
		return command;
	}

	static List<String> java(String heap, boolean tethered) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(FAST_START);
		command.add("-Xmx" + heap);
		// Relative to the working directory, because '=' in a path would end the jar's
		// name.
		command.add("-javaagent:" + DemoFolder.AGENT_JAR + (tethered ? "=" + DemoFolder.LOCK_FILE : ""));
		return command;
	}

}
