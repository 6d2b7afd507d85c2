package io.roster.discovery.spring;

import java.time.Duration;

import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A start that cannot go well says what is wrong and what to do. No ensemble is needed:
 * nothing listens on port 1.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTests {

	@ParameterizedTest
	@ValueSource(strings = { "zk-1:port", "zk-1:99999", "http://zk-1:2181", "zk-1:2181/a//b", "," })
	void aConnectStringThatNamesNoServer(String connectString, CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("spring.cloud.zookeeper.connect-string=" + connectString));
		assertThat(output).contains("APPLICATION FAILED TO START", "spring.cloud.zookeeper.connect-string",
				"'" + connectString + "'", "host:port pairs separated by commas", "Action:");
	}

	@ParameterizedTest
	@CsvSource({ "servers", "/servers/", "/a//b", "/a/../b" })
	void aRootThatIsNoAbsolutePath(String root, CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("roster.discovery.root=" + root));
		assertThat(output).contains("APPLICATION FAILED TO START", "roster.discovery.root", "'" + root + "'",
				"absolute path of a znode, such as /servers", "Action:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "team/bikes", "", "bikes-", ".." })
	void aNameThatNoServiceCanHave(String name, CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(WebApplicationType.SERVLET, "spring.application.name=" + name));
		assertThat(output).contains("APPLICATION FAILED TO START",
				"This application cannot be registered under its name: the name of a service must", "Action:",
				"Set spring.application.name to a name that a znode can have");
	}

	@Test
	void metadataThatIsTooLarge(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(WebApplicationType.SERVLET,
				"spring.cloud.zookeeper.discovery.metadata.map=" + "x".repeat(100_000)));
		assertThat(output).contains("APPLICATION FAILED TO START", "This application cannot be registered: ",
				"at most 100000 are taken", "Action:", "spring.cloud.zookeeper.discovery.metadata");
	}

	@Test
	void anEnsembleThatRefuses() {
		for (Code code : new Code[] { Code.AUTHFAILED, Code.SESSIONCLOSEDREQUIRESASLAUTH, Code.NOAUTH }) {
			FailureAnalysis analysis = new EnsembleRefusalFailureAnalyzer()
				.analyze(new IllegalStateException("start failed", KeeperException.create(code, "/servers")));
			assertThat(analysis).isNotNull().satisfies((each) -> {
				assertThat(each.getDescription()).startsWith("The ZooKeeper ensemble ").contains(code.toString());
				assertThat(each.getAction()).isNotBlank();
			});
		}
		assertThat(new EnsembleRefusalFailureAnalyzer()
			.analyze(new IllegalStateException(KeeperException.create(Code.NOAUTH, "/servers")))).isNotNull()
			.satisfies((each) -> assertThat(each.getDescription()).contains("to use /servers"));
		assertThat(new EnsembleRefusalFailureAnalyzer()
			.analyze(new IllegalStateException(KeeperException.create(Code.CONNECTIONLOSS)))).isNull();
	}

	private static void start(String... properties) {
		start(WebApplicationType.NONE, properties);
	}

	private static void start(WebApplicationType web, String... properties) {
		new SpringApplicationBuilder(TestApplication.class).web(web)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
					"spring.application.name=bikes", "spring.cloud.zookeeper.connect-string=127.0.0.1:1",
					"spring.cloud.zookeeper.discovery.instance-host=127.0.0.1",
					"roster.discovery.startup-wait=" + Duration.ZERO)
			.properties(properties)
			.run()
			.close();
	}

}
