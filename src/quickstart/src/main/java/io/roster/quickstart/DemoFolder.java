package io.roster.quickstart;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where a demo keeps what it needs: the members' data, one log per process, and in
 * {@code run} what is only of use while it runs.
 *
 * @param root the folder; the working directory of every process of the demo
 */
record DemoFolder(Path root) {

	/** Relative to the root, as the processes see it. */
	static final String AGENT_JAR = "run/tether.jar";

	/** Relative to the root, as the processes see it. */
	static final String LOCK_FILE = "run/demo.lock";

	/** Relative to the root, as the processes see it; H2 adds to the name. */
	static final String BIKES = "run/bikes";

	static DemoFolder open(Path root) throws IOException {
		Path absolute = root.toAbsolutePath().normalize();
		Files.createDirectories(absolute.resolve("run"));
		Files.createDirectories(absolute.resolve("logs"));
		return new DemoFolder(absolute);
	}

	Path agentJar() {
		return this.root.resolve(AGENT_JAR);
	}

	Path lockFile() {
		return this.root.resolve(LOCK_FILE);
	}

	Path pidFile(String process) {
		return this.root.resolve("run").resolve(process + ".pid");
	}

	Path portsFile() {
		return this.root.resolve("run").resolve("ports.properties");
	}

	Path logs() {
		return this.root.resolve("logs");
	}

	Path log(String process) {
		return logs().resolve(process + ".log");
	}

	/** Lets a demo start with bikes that nobody rides. */
	void forgetRentals() throws IOException {
		Path bikes = this.root.resolve(BIKES);
		try (DirectoryStream<Path> found = Files.newDirectoryStream(bikes.getParent(), bikes.getFileName() + ".*.db")) {
			for (Path file : found) {
				Files.delete(file);
			}
		}
	}

	/** Makes place for new logs; those of one run before are kept. */
	void keepLastLogs() throws IOException {
		try (DirectoryStream<Path> found = Files.newDirectoryStream(logs(), "*.log")) {
			for (Path log : found) {
				Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
			}
		}
	}

	/** Where what an application's jar holds is unpacked. */
	Path unpacked(Path jar) {
		return this.root.resolve("apps").resolve(jar.getFileName());
	}

	Path memberData(int id) {
		return this.root.resolve("member-" + id);
	}

}
