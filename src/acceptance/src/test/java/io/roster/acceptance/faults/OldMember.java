package io.roster.acceptance.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.roster.acceptance.FreePorts;
import io.roster.acceptance.Java;
import io.roster.acceptance.Repository;
import io.roster.ensemble.EnsembleStatus;
import io.roster.ensemble.MemberAddress;
import org.awaitility.Awaitility;

/**
 * A ZooKeeper 3.8 in a process of its own: the one that the build has brought, or, by
 * {@code -Dzookeeper.old.command="/usr/share/zookeeper/bin/zkServer.sh start-foreground"},
 * one that is installed. The command gets the path of a {@code zoo.cfg}.
 */
final class OldMember implements AutoCloseable {

	private static final Duration BOUND = Duration.ofSeconds(90);

	private final int port = FreePorts.next();

	private final Path folder;

	private Process process;

	OldMember(Path folder) {
		this.folder = folder;
		this.process = start();
	}

	String connectString() {
		return "127.0.0.1:" + this.port;
	}

	/** Ends it without notice, and starts it again on its data. */
	void killAndRestart() {
		close();
		this.process = start();
	}

	void awaitServing() {
		Awaitility.await("a ZooKeeper 3.8 on " + this.port).atMost(BOUND).until(() -> {
			if (!this.process.isAlive()) {
				throw new AssertionError("ended with " + this.process.exitValue() + ": " + output());
			}
			return EnsembleStatus
				.of(List.of(new MemberAddress(MemberAddress.LOOPBACK, this.port)), Duration.ofSeconds(5))
				.quorum();
		});
	}

	private Process start() {
		try {
			List<String> command = new ArrayList<>(command());
			command.add(configuration().toString());
			return new ProcessBuilder(command).directory(this.folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<String> command() throws IOException {
		String installed = System.getProperty("zookeeper.old.command", "");
		if (!installed.isBlank()) {
			return List.of(installed.strip().split(" +", -1));
		}
		return List.of(Java.executable(), "-Xmx128m", "-XX:TieredStopAtLevel=1", "-classpath", classPath(),
				"org.apache.zookeeper.server.quorum.QuorumPeerMain");
	}

	/**
	 * Two jars of the old version, and what they need, of which registry-server has all.
	 */
	private String classPath() throws IOException {
		Path libraries = this.folder.resolve("lib");
		if (!Files.exists(libraries)) {
			Libraries.copy("registry-server", Files.createDirectories(libraries),
					(name) -> Stream.of("slf4j-api-", "logback-", "snappy-java-", "metrics-core-", "netty-common-")
						.anyMatch(name::startsWith));
		}
		try (Stream<Path> jars = Files.list(Repository.root().resolve("src/acceptance/target/zookeeper-old"))) {
			return Stream.concat(jars.map(Path::toString), Stream.of(libraries.resolve("*").toString()))
				.collect(Collectors.joining(File.pathSeparator));
		}
	}

	private Path configuration() throws IOException {
		return Files.writeString(this.folder.resolve("zoo.cfg"), """
				tickTime=500
				dataDir=%s
				clientPort=%d
				clientPortAddress=127.0.0.1
				maxClientCnxns=0
				admin.enableServer=false
				4lw.commands.whitelist=srvr,mntr,conf,isro
				""".formatted(this.folder.resolve("data"), this.port));
	}

	private Path log() {
		return this.folder.resolve("zookeeper-old.log");
	}

	private String output() {
		try {
			return Files.readString(log());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		try {
			if (!this.process.waitFor(BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new IllegalStateException("the old member has not ended");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

}
