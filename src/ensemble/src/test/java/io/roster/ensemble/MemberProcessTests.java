package io.roster.ensemble;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.roster.ensemble.MemberStartException.Reason;
import io.roster.ensemble.MemberStatus.Role;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.ConnectionLossException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ZKConfig;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Members in processes of their own. */
class MemberProcessTests {

	private final FreePorts ports = new FreePorts();

	private final Path folder;

	private @Nullable Process process;

	MemberProcessTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@AfterEach
	void end() throws InterruptedException {
		if (this.process != null) {
			assertThat(this.process.destroyForcibly().waitFor(10, TimeUnit.SECONDS)).isTrue();
		}
		this.ports.close();
	}

	@Test
	void whatAnotherProcessHoldsIsNamedAndFreeAfterItsKill() throws Exception {
		MemberConfig config = MemberConfig.standalone(this.folder.resolve("data"), this.ports.next());
		Process process = launch(config);
		Clients.write(config.client().toString(), "/kept", new byte[0]);
		try (EmbeddedMember member = new EmbeddedMember(config)) {
			assertThatExceptionOfType(MemberStartException.class).isThrownBy(member::start)
				.withMessageContaining("is in use by the process with pid " + process.pid() + ": stop that member")
				.matches((ex) -> ex.reason() == Reason.DATA_DIRECTORY_IN_USE);
		}
		MemberConfig elsewhere = MemberConfig.standalone(this.folder.resolve("other"), config.client().port());
		try (EmbeddedMember member = new EmbeddedMember(elsewhere)) {
			assertThatExceptionOfType(MemberStartException.class).isThrownBy(member::start)
				.withMessageContaining("is in use by pid " + process.pid() + " (")
				.matches((ex) -> ex.reason() == Reason.PORT_IN_USE);
		}

		assertThat(process.destroyForcibly().waitFor(10, TimeUnit.SECONDS)).isTrue();
		try (EmbeddedMember member = new EmbeddedMember(config)) {
			member.start();
			assertThat(Clients.exists(config.client().toString(), "/kept")).isTrue();
		}
	}

	@Test
	void aServerThatAllowsNoMoreThanSrvrStillHasAStatus() throws Exception {
		MemberConfig config = MemberConfig.standalone(this.folder.resolve("data"), this.ports.next())
			.with("4lw.commands.whitelist", "srvr");
		Process process = launch(config);
		MemberStatus status = EnsembleStatus.of(List.of(config.client()), Duration.ofSeconds(1)).members().get(0);
		assertThat(status.id()).isEqualTo(1);
		assertThat(status.role()).isEqualTo(Role.STANDALONE);
		assertThat(status.version()).startsWith("3.9");
		assertThat(status.connections()).isZero();

		process.destroy();
		assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(Files.readString(log())).contains("Member 1 has stopped");
	}

	@Test
	void aMemberAcceptsMoreThanAClientDoesUnlessTheClientIsToldTo() throws Exception {
		MemberConfig config = MemberConfig.standalone(this.folder.resolve("data"), this.ports.next());
		launch(config);
		ZKClientConfig large = new ZKClientConfig();
		large.setProperty(ZKConfig.JUTE_MAXBUFFER, String.valueOf(SharedJvm.JUTE_MAXBUFFER));
		List<Op> creates = IntStream.range(0, 6_000)
			.mapToObj((n) -> Op.create("/" + "n".repeat(200) + n, new byte[0], Ids.OPEN_ACL_UNSAFE,
					CreateMode.PERSISTENT))
			.toList();
		try (ZooKeeper client = Clients.connect(config.client().toString(), large)) {
			client.multi(creates);
			assertThat(client.getChildren("/", false)).hasSizeGreaterThan(creates.size());
		}
		try (ZooKeeper client = Clients.connect(config.client().toString())) {
			assertThatExceptionOfType(ConnectionLossException.class).isThrownBy(() -> client.getChildren("/", false));
		}
	}

	@Test
	void aConfigurationThatCannotBeUsedEndsTheProcess() throws Exception {
		Path zooCfg = Files.writeString(this.folder.resolve("zoo.cfg"), "dataDir=/tmp/x\nclientPort=none\n");
		Process process = run(zooCfg);
		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isEqualTo(MemberProcess.BAD_CONFIGURATION);
		assertThat(Files.readString(log())).contains("clientPort must be a whole number, but is 'none'");
	}

	private Process launch(MemberConfig config) throws IOException {
		Path zooCfg = this.folder.resolve("zoo.cfg");
		try (Writer writer = Files.newBufferedWriter(zooCfg)) {
			config.toProperties().store(writer, null);
		}
		Process process = run(zooCfg);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> EnsembleStatus.of(List.of(config.client()), Duration.ofSeconds(1)), EnsembleStatus::quorum);
		return process;
	}

	private Process run(Path zooCfg) throws IOException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), MemberProcess.class.getName(), zooCfg.toString())
			.redirectErrorStream(true)
			.redirectOutput(log().toFile())
			.start();
		this.process = process;
		return process;
	}

	private Path log() {
		return this.folder.resolve("log");
	}

}
