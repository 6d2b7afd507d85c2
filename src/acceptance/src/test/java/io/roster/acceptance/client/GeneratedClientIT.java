package io.roster.acceptance.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.roster.acceptance.FreePorts;
import io.roster.acceptance.Http;
import io.roster.acceptance.Java;
import io.roster.acceptance.Repository;
import io.roster.acceptance.RunningApplication;
import io.roster.ensemble.LocalEnsemble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that OpenAPI Generator makes from the running server's document, compiled as
 * it is: {@code ./mvnw -Pgenerated-client} brings the generator and the client's
 * libraries.
 */
@Tag("generated-client")
class GeneratedClientIT {

	private static final Path TARGET = Repository.root().resolve("src/acceptance/target/generated-client");

	@TempDir
	Path folder;

	@Test
	void registersBeatsIsFoundAndGoes() throws Exception {
		try (LocalEnsemble ensemble = LocalEnsemble.start(1);
				RunningApplication server = RunningApplication
					.launch("registry-server", FreePorts.next(), this.folder,
							"spring.cloud.zookeeper.connect-string=" + ensemble.connectString())
					.awaitReady()) {
			Path document = Files.writeString(this.folder.resolve("api-docs.json"),
					Http.get(server.uri("/v3/api-docs")).body());
			run("generator", Java.executable(), "-jar", TARGET.resolve("openapi-generator-cli.jar").toString(),
					"generate", "-i", document.toString(), "-g", "java", "--library", "native", "-o",
					this.folder.resolve("client").toString(), "--additional-properties=openApiNullable=false");
			String classes = Files.createDirectory(this.folder.resolve("classes")).toString();
			String libraries = TARGET.resolve("libraries") + "/*";
			List<String> compiler = new ArrayList<>(
					List.of(Path.of(System.getProperty("java.home"), "bin", "javac").toString(), "-nowarn", "-cp",
							libraries, "-d", classes));
			compiler.addAll(sources());
			run("compiler", compiler.toArray(String[]::new));
			assertThat(run("client", Java.executable(), "-cp", classes + ":" + libraries, "RoundTrip",
					server.uri("").toString()))
				.contains("round trip done");
		}
	}

	private List<String> sources() throws IOException {
		Path program = Repository.root().resolve("src/acceptance/src/test/resources/generated-client/RoundTrip.java");
		try (Stream<Path> files = Files.walk(this.folder.resolve("client/src/main/java"))) {
			return Stream.concat(files.filter((file) -> file.toString().endsWith(".java")), Stream.of(program))
				.map(Path::toString)
				.toList();
		}
	}

	private String run(String name, String... command) throws Exception {
		Path output = this.folder.resolve(name + ".log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(name + " ends").isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		String said = Files.readString(output);
		assertThat(process.exitValue()).as(said).isZero();
		return said;
	}

}
