package io.roster.ensemble;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.roster.ensemble.MemberStartException.Reason;
import org.apache.zookeeper.server.ExitCode;
import org.apache.zookeeper.util.ServiceUtils;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EmbeddedMemberTests {

	private static final long PID = ProcessHandle.current().pid();

	private final FreePorts ports = new FreePorts();

	private final Path data;

	EmbeddedMemberTests(@TempDir Path data) {
		this.data = data;
	}

	@AfterEach
	void givePortsBack() {
		this.ports.close();
	}

	@Test
	void startAndCloseMayBeCalledInAnyOrder() throws Exception {
		MemberConfig config = MemberConfig.standalone(this.data, this.ports.next());
		new EmbeddedMember(config).close();
		EmbeddedMember member = new EmbeddedMember(config);
		try (member) {
			assertThat(member.isRunning()).isFalse();
			assertThat(member.awaitStop()).isTrue();
			member.start();
			member.start();
			member.awaitQuorum(Duration.ofSeconds(10));
			member.stop();
			assertThat(member.isRunning()).isFalse();
			member.start();
			assertThat(member.isRunning()).isTrue();
		}
		member.close();
		assertThat(member.isRunning()).isFalse();
		assertThatIllegalStateException().isThrownBy(member::start)
			.withMessage("Member 1 has been closed and cannot start again");
	}

	@Test
	void aDirectoryInUseNamesItsUser() {
		try (EmbeddedMember first = started(MemberConfig.standalone(this.data, this.ports.next()))) {
			assertFails(MemberConfig.standalone(this.data, this.ports.next()), Reason.DATA_DIRECTORY_IN_USE)
				.withMessage("The data directory " + this.data + " is in use by another member in this process (pid "
						+ PID + "): stop that member, or give this one a dataDir of its own");
			assertThat(first.isRunning()).isTrue();
			// The failed attempt must not have dropped the lock.
			assertFails(MemberConfig.standalone(this.data, this.ports.next()), Reason.DATA_DIRECTORY_IN_USE);
		}
	}

	@Test
	void aClientPortInUseNamesItsHolder() throws Exception {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			int port = socket.getLocalPort();
			assertFails(MemberConfig.standalone(this.data, port), Reason.PORT_IN_USE).withMessage(
					"Port " + port + ", the client port (clientPort) at 127.0.0.1:" + port + ", is in use by pid " + PID
							+ " (this process): stop what listens there, or give this member another port");
		}
	}

	@Test
	void anElectionPortInUseIsNoticedBeforeTheElection() throws Exception {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			ServerEntry own = server(1);
			ServerEntry taken = new ServerEntry(1, own.host(), own.quorumPort(), socket.getLocalPort(), false,
					own.client());
			assertFails(MemberConfig.member(1, this.data, List.of(taken, server(2))), Reason.PORT_IN_USE)
				.withMessageContaining(
						"Port " + socket.getLocalPort() + ", the election port (the second of server.1)");
		}
	}

	@Test
	void anAddressOfAnotherHostIsNamed() {
		MemberConfig config = MemberConfig.standalone(this.data, this.ports.next());
		MemberAddress foreign = new MemberAddress("192.0.2.1", config.client().port());
		assertFails(new MemberConfig(1, foreign, config.storage(), config.timing(), List.of(), Map.of()),
				Reason.ADDRESS_UNUSABLE)
			.withMessage("The member cannot listen on " + foreign
					+ ", its client port (clientPort) (it is not an address of this host): correct the address");
	}

	@Test
	void aWrongIdNamesTheFileAndBothIds() throws Exception {
		Files.writeString(this.data.resolve("myid"), "2\n");
		assertFails(MemberConfig.member(3, this.data, List.of(server(2), server(3))), Reason.WRONG_ID)
			.withMessage(this.data.resolve("myid")
					+ " says 2, but the configuration says that this is member 3: give this member a dataDir of its own,"
					+ " or correct the id (the data there is that of member 2)");
	}

	@Test
	void aDirectoryThatCannotBeMadeIsNamed() throws Exception {
		Path file = Files.createFile(this.data.resolve("file"));
		assertFails(MemberConfig.standalone(file.resolve("data"), this.ports.next()),
				Reason.DATA_DIRECTORY_NOT_WRITABLE)
			.withMessageContaining("The data directory " + file.resolve("data") + " cannot be used")
			.withMessageContaining("name another dataDir");
	}

	@Test
	void whatZooKeeperRefusesIsPassedOn() {
		MemberConfig config = MemberConfig.standalone(this.data, this.ports.next()).with("electionAlg", "1");
		assertFails(config, Reason.REFUSED).withMessageContaining("Invalid electionAlg value");
	}

	@Test
	void aStartThatFailedLeavesNothingBehind() throws Exception {
		MemberConfig config = MemberConfig.standalone(this.data, this.ports.next());
		try (ServerSocket socket = new ServerSocket(config.client().port(), 1, InetAddress.getLoopbackAddress())) {
			assertThat(socket.isBound()).isTrue();
			assertFails(config, Reason.PORT_IN_USE);
		}
		try (EmbeddedMember member = started(config)) {
			assertThat(member.isRunning()).isTrue();
		}
	}

	@Test
	void whenZooKeeperWouldEndTheProcessOnlyTheMemberEnds() throws Exception {
		MemberConfig config = MemberConfig.standalone(this.data, this.ports.next());
		try (EmbeddedMember member = started(config)) {
			ServiceUtils.requestSystemExit(ExitCode.UNEXPECTED_ERROR.getValue());
			assertThat(member.awaitStop()).isFalse();
			assertThat(member.isRunning()).isFalse();
			member.start();
			member.awaitQuorum(Duration.ofSeconds(10));
		}
	}

	@Test
	void aMissingQuorumSaysWhoIsMissing() {
		List<ServerEntry> servers = IntStream.rangeClosed(1, 3).mapToObj(this::server).toList();
		MemberConfig config = MemberConfig.member(1, this.data, servers).withTiming(LocalEnsemble.FAST);
		try (EmbeddedMember member = started(config)) {
			assertThatExceptionOfType(QuorumTimeoutException.class)
				.isThrownBy(() -> member.awaitQuorum(Duration.ofMillis(300)))
				.withMessage("No quorum after 300 ms: 1 of 3 members answers (member 1 at " + servers.get(0).client()
						+ " answers, but has found no leader, member 2 at " + servers.get(1).client()
						+ " refuses connections, member 3 at " + servers.get(2).client()
						+ " refuses connections), 2 are needed");
		}
	}

	@Test
	void anEnsembleOfOneElectsItself() throws Exception {
		MemberConfig config = MemberConfig.member(1, this.data, List.of(server(1))).withTiming(LocalEnsemble.FAST);
		try (EmbeddedMember member = started(config)) {
			member.awaitQuorum(Duration.ofSeconds(20));
			EnsembleStatus status = EnsembleStatus.of(List.of(config.client()), Duration.ofSeconds(2));
			assertThat(status.leader().orElseThrow().role()).isEqualTo(MemberStatus.Role.LEADER);
		}
	}

	private ServerEntry server(int id) {
		return new ServerEntry(id, MemberAddress.LOOPBACK, this.ports.next(), this.ports.next(), false,
				new MemberAddress(MemberAddress.LOOPBACK, this.ports.next()));
	}

	private static EmbeddedMember started(MemberConfig config) {
		EmbeddedMember member = new EmbeddedMember(config);
		member.start();
		return member;
	}

	private static ThrowableAssertAlternative<MemberStartException> assertFails(MemberConfig config, Reason reason) {
		try (EmbeddedMember member = new EmbeddedMember(config)) {
			return assertThatExceptionOfType(MemberStartException.class).isThrownBy(member::start)
				.matches((ex) -> ex.reason() == reason, "reason is " + reason);
		}
	}

}
