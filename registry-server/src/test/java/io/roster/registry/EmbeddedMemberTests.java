package io.roster.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class EmbeddedMemberTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void runsWhereNoEnsembleIsConfiguredAndKeepsItsData() throws Exception {
		int port = freePort();
		try (ConfigurableApplicationContext app = start(port); Nodes nodes = new Nodes("127.0.0.1:" + port)) {
			nodes.addPersistent("kept", 9001);
			awaitInstance(client(app));
			JsonNode ensemble = client(app).json("/api/v1/ensemble");
			assertThat(ensemble.get("quorum").asBoolean()).isTrue();
			assertThat(ensemble.get("members").get(0).get("address").asString()).isEqualTo("127.0.0.1:" + port);
		}
		try (ConfigurableApplicationContext app = start(port)) {
			awaitInstance(client(app));
		}
	}

	@Test
	void aPortInUseEndsTheStartWithOneSentence(CapturedOutput output) throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatException().isThrownBy(() -> start(taken.getLocalPort()).close());
			assertThat(output.toString()).contains("APPLICATION FAILED TO START")
				.contains(String.valueOf(taken.getLocalPort()))
				.doesNotContain("\tat org.springframework");
		}
	}

	private ConfigurableApplicationContext start(int port) {
		return new SpringApplicationBuilder(RegistryServerApplication.class).run("--server.port=0",
				"--roster.embedded.client-port=" + port, "--roster.embedded.data-dir=" + this.directory);
	}

	private static ApiClient client(ConfigurableApplicationContext app) {
		return new ApiClient(app.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	private static void awaitInstance(ApiClient api) {
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(api.json("/api/v1/services/kept").get("instances")).hasSize(1));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
