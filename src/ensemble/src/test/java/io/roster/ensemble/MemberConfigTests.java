package io.roster.ensemble;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MemberConfigTests {

	private static final String TUTORIAL = """
			dataDir=/var/lib/zookeeper
			server.1=10.0.0.1:2888:3888
			server.2=10.0.0.2:2888:3888
			server.3=10.0.0.3:2888:3888:observer;0.0.0.0:2183
			""";

	@Test
	void theTutorialsParametersAreTheDefaults() {
		MemberConfig config = read(TUTORIAL, 2);
		assertThat(config.timing())
			.isEqualTo(new MemberTiming(Duration.ofSeconds(2), 10, 5, Duration.ofSeconds(4), Duration.ofSeconds(40)));
		assertThat(config.client()).isEqualTo(new MemberAddress("127.0.0.1", 2181));
		assertThat(config.storage()).isEqualTo(MemberStorage.in(Path.of("/var/lib/zookeeper")));
		assertThat(config.storage().purgeIntervalHours()).isEqualTo(1);
		assertThat(config.servers()).extracting(ServerEntry::id).containsExactly(1, 2, 3);
		assertThat(config.isDistributed()).isTrue();
		assertThat(read(TUTORIAL, 3).client()).isEqualTo(new MemberAddress("0.0.0.0", 2183));
	}

	@Test
	void whatIsWrittenIsReadAgain() {
		MemberConfig config = read(TUTORIAL + """
				dataLogDir=/var/log/zookeeper
				clientPort=2199
				clientPortAddress=10.0.0.1
				tickTime=500
				initLimit=20
				syncLimit=7
				minSessionTimeout=600
				maxSessionTimeout=90000
				autopurge.snapRetainCount=5
				autopurge.purgeInterval=0
				snapCount=1000
				""", 1);
		assertThat(config.other()).containsOnlyKeys("snapCount");
		MemberConfig again = MemberConfig.fromProperties(config.toProperties(), 1);
		assertThat(again.other()).containsEntry("snapCount", "1000");
		assertThat(again.toProperties()).isEqualTo(config.toProperties());
		assertThat(again.servers()).isEqualTo(config.servers());
		assertThat(again.timing()).isEqualTo(config.timing());
		assertThat(again.storage()).isEqualTo(config.storage());
	}

	@Test
	void theIdIsReadFromTheDataDirectory(@TempDir Path data) throws Exception {
		String cfg = TUTORIAL.replace("/var/lib/zookeeper", data.toString());
		assertThatIllegalArgumentException().isThrownBy(() -> read(cfg, null))
			.withMessageContaining("write it into " + data.resolve("myid"));
		Files.writeString(data.resolve("myid"), "2\n");
		assertThat(read(cfg, null).id()).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '>',
			textBlock = """
					tickTime=fast > tickTime must be a whole number, but is 'fast'
					tickTime=0 > tickTime must be from 1 ms to 2147483647 ms, but is 0 ms
					initLimit=0 > initLimit must be at least 1 tick, but is 0
					syncLimit=-3 > syncLimit must be at least 1 tick, but is -3
					clientPort=65536 > port must be a port from 1 to 65535, but is 65536
					minSessionTimeout=50000 > minSessionTimeout must not be longer than maxSessionTimeout, but they are 50000 ms and 40000 ms
					autopurge.snapRetainCount=1 > autopurge.snapRetainCount must be at least 3, but is 1
					autopurge.purgeInterval=-1 > autopurge.purgeInterval must be 0 (off) or a number of hours, but is -1
					dynamicConfigFile=d.cfg > dynamicConfigFile is not read here, but names d.cfg: put its server.N lines in its place
					server.4=host > server.4 must be host:quorumPort:electionPort[:participant|observer][;[host:]clientPort], but is 'host'
					server.4=host:1:70000 > The election port of server.4 must be a port from 1 to 65535, but is 70000
					server.x=host:1:2 > server.x must be a whole number, but is 'x'
					""")
	void aWrongValueIsNamedWithWhatIsExpected(String line, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> read(TUTORIAL + line + "\n", 1))
			.withMessage(message.strip());
	}

	@Test
	void anIdThatIsNotInTheListIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> read(TUTORIAL, 4))
			.withMessage("The member's id must be one of the server list, 1, 2, 3, but is 4: add a line server.4 or"
					+ " correct the id");
	}

	@Test
	void aDataDirectoryIsNeeded() {
		assertThatIllegalArgumentException().isThrownBy(() -> read("clientPort=2181", null))
			.withMessage("dataDir must name the directory of the member's data, but is missing");
	}

	@Test
	void addressesAreReadAsConnectStringsHaveThem() {
		assertThat(MemberAddress.parseAll("a:1, b,[::1]:3/app"))
			.isEqualTo(List.of(new MemberAddress("a", 1), new MemberAddress("b", 2181), new MemberAddress("::1", 3)));
		assertThat(MemberAddress.parse("[::1]")).isEqualTo(new MemberAddress("::1", 2181));
		assertThat(new MemberAddress("::1", 3)).hasToString("[::1]:3");
		assertThatIllegalArgumentException().isThrownBy(() -> MemberAddress.parseAll("/app"))
			.withMessageContaining("'/app' names no member");
		assertThatIllegalArgumentException().isThrownBy(() -> MemberAddress.parse("a:b"))
			.withMessageContaining("must be a number from 1 to 65535, but is 'b'");
	}

	private static MemberConfig read(String zooCfg, @Nullable Integer id) {
		Properties properties = new Properties();
		try {
			properties.load(new StringReader(zooCfg));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return MemberConfig.fromProperties(properties, id);
	}

}
