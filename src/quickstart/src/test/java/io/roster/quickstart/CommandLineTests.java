package io.roster.quickstart;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CommandLineTests {

	@Test
	void withoutArgumentsTheDemoOfTheContractIsMeant() {
		Options options = demo();
		assertThat(options.folder()).isEqualTo(Path.of(System.getProperty("user.home"), ".roster", "demo"));
		assertThat(options.ports().members()).containsExactly(2181, 2182, 2183);
		assertThat(options.ports().registry()).isEqualTo(8760);
		assertThat(options.ports().lock()).isEqualTo(8770);
		assertThat(options.ports().consumer()).isEqualTo(8780);
		assertThat(options.ports().bikesvc()).containsExactly(8790, 8791);
	}

	@Test
	void everyPortIsMovedByTheOffset() {
		Ports ports = demo("--port-offset", "1000", "--bikesvc", "3").ports();
		assertThat(ports.all()).containsExactly(3181, 3182, 3183, 3888, 3889, 3890, 4888, 4889, 4890, 9760, 9770, 9780,
				9790, 9791, 9792);
	}

	@Test
	void freePortsAreDifferentAndFree() {
		Ports ports = demo("--free-ports", "--bikesvc", "9").ports();
		assertThat(ports.all()).hasSize(21).doesNotHaveDuplicates().allMatch(Ports::isFree);
	}

	@Test
	void aMemberCommandTakesOptionsOnEitherSide() {
		Command.Member expected = (Command.Member) CommandLine.parse("member", "stop", "2", "--dir", "d");
		assertThat(expected.action()).isEqualTo(Command.MemberAction.STOP);
		assertThat(expected.id()).isEqualTo(2);
		assertThat(expected.options().folder()).isEqualTo(Path.of("d"));
		assertThat(CommandLine.parse("--dir", "d", "member", "stop", "2")).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "--help", "-h", "help", "member start 1 --help" })
	void helpIsShownWhenAskedFor(String line) {
		assertThat(CommandLine.parse(line.split(" ", -1))).isEqualTo(new Command.Help());
	}

	@ParameterizedTest
	@ValueSource(strings = { "start", "member", "member start", "member start 4", "member start 0", "member start x",
			"member restart 1", "--dir", "--bikesvc 0", "--bikesvc 10", "--bikesvc two", "--port-offset -1",
			"--unknown" })
	void whatCannotBeUnderstoodIsTold(String line) {
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> CommandLine.parse(line.split(" ", -1)))
			.withMessageMatching("(?s).*('|needs a value).*");
	}

	private static Options demo(String... args) {
		return ((Command.RunDemo) CommandLine.parse(args)).options();
	}

}
