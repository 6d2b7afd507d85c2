package io.roster.quickstart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Real members, each a process of its own. */
class MemberCommandTests {

	@TempDir
	Path root;

	private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

	private final Installation installation = new Installation(Path.of(""),
			List.of("-cp", System.getProperty("java.class.path"), Quickstart.class.getName()));

	private Members members;

	@BeforeEach
	void choosePorts() throws IOException {
		DemoFolder folder = DemoFolder.open(this.root);
		Ports.free(1).write(folder.portsFile());
		this.members = Members.in(folder);
	}

	@AfterEach
	void stopMembers() throws IOException, InterruptedException {
		for (int id : Members.ids().toArray()) {
			MemberHandle.of(this.members.folder(), id).stop(Duration.ofSeconds(10));
		}
	}

	@Test
	void membersAreStartedAskedAndStoppedOneByOne() throws IOException, InterruptedException {
		assertThat(member(1).status()).isEqualTo(1);
		assertThat(member(2).start(this.installation)).isZero();
		assertThat(member(3).start(this.installation)).isZero();
		assertThat(member(3).status()).isZero();
		assertThat(text()).contains("member 1 at 127.0.0.1:", "(no process) refuses connections",
				"member 2 started, pid ", "runs until it is stopped", "member 3 is leader", ": leader, epoch 1");
		assertThat(member(3).start(this.installation)).isZero();
		assertThat(text()).contains("member 3 runs already, pid ");
		assertThat(member(3).stop()).isZero();
		assertThat(member(3).status()).isEqualTo(1);
		assertThat(member(3).stop()).isEqualTo(1);
		assertThat(text()).contains("member 3 stopped", "member 3 does not run");
	}

	@Test
	void aMemberThatCannotStartTellsWhy() throws IOException {
		Files.createDirectories(this.members.folder().memberData(1));
		Files.writeString(this.members.folder().memberData(1).resolve("myid"), "2");
		assertThatExceptionOfType(DemoException.class).isThrownBy(() -> member(1).start(this.installation))
			.withMessageContaining("member 1 ended with exit code 1")
			.withMessageContaining("myid");
	}

	private MemberCommand member(int id) {
		Console console = new Console(new PrintStream(this.shown, true, StandardCharsets.UTF_8), Clock.systemUTC());
		return new MemberCommand(this.members, id, console, System::nanoTime);
	}

	private String text() {
		return this.shown.toString(StandardCharsets.UTF_8);
	}

}
