package io.roster.acceptance.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.roster.acceptance.application.Outcomes;
import io.roster.ensemble.LocalEnsemble;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs in other languages register, are found and get their share of the requests,
 * and see Roster's instances: {@code -Dforeign.go="…" -Dforeign.python="…"} name commands
 * that {@link ForeignProgram} describes.
 */
@Tag("faults")
@EnabledIf(value = "aProgramIsGiven",
		disabledReason = "no foreign program is given: name commands with -Dforeign.go and -Dforeign.python")
@TestInstance(Lifecycle.PER_CLASS)
class ForeignProgramsIT {

	private Path folder;

	private LocalEnsemble ensemble;

	private Scene scene;

	private Znodes znodes;

	private Provider provider;

	private Consumer consumer;

	@BeforeAll
	void start(@TempDir Path temporary) {
		this.folder = temporary;
		this.scene = new Scene(temporary);
		this.ensemble = LocalEnsemble.start(1);
		this.znodes = new Znodes(this.ensemble.connectString());
		String classPath = ClassPaths.withRoster(temporary);
		this.provider = this.scene.launchProvider(classPath, this.ensemble.connectString());
		this.consumer = this.scene.launchConsumer(classPath, this.ensemble.connectString());
		this.provider.process().awaitReady();
		this.consumer.process().awaitReady();
	}

	@AfterAll
	void stop() throws IOException {
		this.scene.close();
		this.znodes.close();
		this.ensemble.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "go", "python" })
	void registerAndAreFoundAndBalancedTo(String language) throws Exception {
		String command = requireCommand(language);
		HttpServer server = serve(language);
		String address = "127.0.0.1:" + server.getAddress().getPort();
		try (ForeignProgram program = new ForeignProgram(command, this.folder, this.ensemble.connectString(),
				"register", "/servers/bikesvc", address)) {
			Outcomes outcomes = Scene.underLoad("found:" + language, this.consumer, () -> {
				Awaitility.await(program.output())
					.atMost(Consumer.BOUND)
					.until(() -> this.consumer.instances().contains(address));
				this.consumer.awaitOutcomes(200);
				program.stop();
				Awaitility.await("its end")
					.atMost(Consumer.BOUND)
					.until(() -> !this.consumer.instances().contains(address));
			});
			assertThat(outcomes.failures()).isEmpty();
			assertThat(outcomes.servedBy()).containsOnlyKeys(language, String.valueOf(this.provider.process().port()));
			assertThat(outcomes.servedBy().get(language)).isGreaterThanOrEqualTo(50);
		}
		finally {
			server.stop(0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "go", "python" })
	void seeTheInstancesInTheirOwnMirrors(String language) {
		String command = requireCommand(language);
		Awaitility.await("the registration")
			.atMost(Consumer.BOUND)
			.until(() -> this.znodes.nodeOf(this.provider.process().port()).isPresent());
		String node = this.znodes.nodeOf(this.provider.process().port()).orElseThrow();
		try (ForeignProgram program = new ForeignProgram(command, this.folder, this.ensemble.connectString(), "mirror",
				Znodes.ROOT)) {
			Awaitility.await("the mirror in " + language)
				.atMost(Consumer.BOUND)
				.untilAsserted(() -> assertThat(program.output()).contains(node));
		}
	}

	static boolean aProgramIsGiven() {
		return Stream.of("go", "python").map(ForeignProgramsIT::command).anyMatch((command) -> !command.isBlank());
	}

	static String requireCommand(String language) {
		String command = command(language);
		Assumptions.assumeFalse(command.isBlank(),
				"no program in " + language + ": give its command with -Dforeign." + language);
		return command;
	}

	private static String command(String language) {
		return System.getProperty("foreign." + language, "");
	}

	private static HttpServer serve(String language) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
		server.createContext("/bikes", (exchange) -> answer(exchange, "{\"servedBy\":\"" + language + "\"}"));
		server.start();
		return server;
	}

	private static void answer(HttpExchange exchange, String json) throws IOException {
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		try (OutputStream out = exchange.getResponseBody()) {
			out.write(body);
		}
	}

}
