package io.roster.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Real processes, killed for real. */
class DemoTetherTests {

	private static final Duration BOUND = Duration.ofSeconds(20);

	@TempDir
	Path root;

	private DemoFolder folder;

	private final List<ProcessHandle> started = new ArrayList<>();

	@BeforeEach
	void open() throws IOException {
		this.folder = DemoFolder.open(this.root);
	}

	@AfterEach
	void endProcesses() {
		this.started.forEach(ProcessHandle::destroyForcibly);
	}

	@Test
	void processesEndInGoodOrderWhenTheDemoIsKilled() throws IOException {
		Process demo = startDemo();
		ProcessHandle child = child("child");
		ProcessHandle stubborn = child("stubborn");
		assertThat(DemoLock.isTaken(this.folder)).isTrue();
		demo.destroyForcibly();
		Awaitility.await("the end of the child").atMost(BOUND).until(() -> !child.isAlive());
		assertThat(this.root.resolve("orderly.hook")).exists();
		assertThat(this.folder.log("child")).content().contains("The demo has ended");
		Awaitility.await("the halt of the one that hangs").atMost(BOUND).until(() -> !stubborn.isAlive());
		assertThat(DemoLock.isTaken(this.folder)).isFalse();
	}

	@Test
	void processesIgnoreWhatATerminalSendsToAllOfThem() throws IOException, InterruptedException {
		startDemo();
		ProcessHandle child = child("child");
		for (String signal : List.of("INT", "HUP")) {
			assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(child.pid())).start().waitFor()).isZero();
		}
		Awaitility.await().during(Duration.ofMillis(500)).atMost(BOUND).until(child::isAlive);
	}

	@Test
	void aProcessThatBelongsToNoDemoRunsOn() throws IOException {
		AgentJar.write(this.folder.agentJar());
		DemoProcess alone = DemoProcess.start("alone", TetherProgram.command(this.folder, false, "child", "orderly"),
				this.folder);
		this.started.add(ProcessHandle.of(alone.pid()).orElseThrow());
		awaitFile("orderly.ready");
		assertThat(DemoLock.isTaken(this.folder)).isFalse();
		Awaitility.await().during(Duration.ofMillis(500)).atMost(BOUND).until(alone::isAlive);
		alone.terminate();
		Awaitility.await().atMost(BOUND).until(() -> !alone.isAlive());
		assertThat(alone.ending()).isEqualTo("ended (SIGTERM)");
	}

	private Process startDemo() throws IOException {
		List<String> command = new ArrayList<>(TetherProgram.command(this.folder, false, "demo"));
		command.removeIf((argument) -> argument.startsWith("-javaagent"));
		Process demo = new ProcessBuilder(command).directory(this.root.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.root.resolve("demo.out").toFile())
			.start();
		this.started.add(demo.toHandle());
		awaitFile("orderly.ready");
		awaitFile("stubborn.ready");
		return demo;
	}

	private void awaitFile(String name) {
		Awaitility.await(name).atMost(BOUND).until(() -> Files.exists(this.root.resolve(name)));
	}

	private ProcessHandle child(String name) throws IOException {
		ProcessHandle child = new PidFile(this.folder.pidFile(name)).running().orElseThrow();
		this.started.add(child);
		return child;
	}

}
