package io.roster.registry.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import io.roster.coordination.Coordination;
import io.roster.coordination.MirrorOptions;
import io.roster.discovery.Directory;
import io.roster.discovery.InstanceData;
import io.roster.discovery.InstanceNodes;
import io.roster.ensemble.LocalEnsemble;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Debian's {@code dig} (dnsutils) and {@code haproxy}, where they are installed.
 */
class DnsProgramsTests {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static final LocalEnsemble ensemble = LocalEnsemble.start(1);

	private static final Coordination coordination = Coordination.connect(ensemble.connectString(),
			Duration.ofSeconds(10));

	private static final Directory directory = Directory
		.over(coordination.mirror("/servers", MirrorOptions.withData()));

	private static final DnsProperties properties = new DnsProperties(0, "127.0.0.1", "roster.", Duration.ofSeconds(1),
			100, Duration.ofSeconds(20));

	private static final DnsServer server = new DnsServer(new DnsAnswers(directory, properties), properties);

	@TempDir
	private Path folder;

	@BeforeAll
	static void start() throws Exception {
		server.start();
		directory.loaded().get(30, TimeUnit.SECONDS);
	}

	@AfterAll
	static void stop() {
		server.close();
		directory.close();
		coordination.close();
		ensemble.close();
	}

	@Test
	void digFindsAService() throws Exception {
		Optional<String> dig = program("dig");
		assumeThat(dig).isPresent();
		String path = register("dug", 9001);
		String id = path.substring(path.lastIndexOf('/') + 1);
		for (String transport : List.of("+notcp", "+tcp")) {
			assertThat(dig(dig.get(), transport, "+short", "dug.roster.", "A")).isEqualTo("127.0.0.1");
			assertThat(dig(dig.get(), transport, "+short", "_dug._tcp.roster.", "SRV"))
				.isEqualTo("0 1 9001 " + id + ".dug.roster.");
			assertThat(dig(dig.get(), transport, "nobody.roster.", "A")).contains("status: NXDOMAIN");
			assertThat(dig(dig.get(), transport, "example.org.", "A")).contains("status: REFUSED");
		}
	}

	@Test
	void haproxyFollowsAService() throws Exception {
		Optional<String> haproxy = program("haproxy");
		assumeThat(haproxy).isPresent();
		HttpServer one = application("one");
		HttpServer two = application("two");
		int port = freePort();
		Path config = Files.writeString(this.folder.resolve("haproxy.cfg"), """
				global
				    maxconn 100
				defaults
				    mode http
				    timeout connect 2s
				    timeout client 10s
				    timeout server 10s
				resolvers roster
				    nameserver roster 127.0.0.1:%d
				    accepted_payload_size 1232
				    timeout resolve 200ms
				    timeout retry 200ms
				    hold valid 200ms
				    hold obsolete 0s
				frontend bikes
				    bind 127.0.0.1:%d
				    default_backend bikesvc
				backend bikesvc
				    server-template bike 5 _balanced._tcp.roster. resolvers roster init-addr none
				""".formatted(server.port(), port));
		String first = register("balanced", one.getAddress().getPort());
		Process process = start(haproxy.get(), "-db", "-f", config.toString());
		try {
			await().atMost(BOUND).ignoreExceptionsInstanceOf(IOException.class).until(() -> get(port), "one"::equals);
			register("balanced", two.getAddress().getPort());
			coordination.client().delete().forPath(first);
			await().atMost(BOUND)
				.untilAsserted(() -> assertThat(Stream.of(1, 2, 3, 4).map((call) -> answer(port))).containsOnly("two"));
		}
		finally {
			process.destroy();
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			one.stop(0);
			two.stop(0);
		}
	}

	private static String answer(int port) {
		try {
			return get(port);
		}
		catch (IOException ex) {
			return "nobody: " + ex;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "interrupted";
		}
	}

	private static String get(int port) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
				.timeout(Duration.ofSeconds(20))
				.build(), BodyHandlers.ofString())
			.body();
	}

	private static HttpServer application(String name) throws IOException {
		HttpServer application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		application.createContext("/", (exchange) -> {
			byte[] body = name.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		application.start();
		return application;
	}

	private static String dig(String dig, String... arguments) throws Exception {
		List<String> command = new ArrayList<>(
				List.of("@127.0.0.1", "-p", String.valueOf(server.port()), "+timeout=20"));
		command.addAll(List.of(arguments));
		Process process = start(dig, command.toArray(String[]::new));
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		return output;
	}

	private static Process start(String program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(program));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

	private static Optional<String> program(String name) {
		return Stream.of("/usr/bin/", "/usr/sbin/", "/usr/local/sbin/")
			.map((folder) -> folder + name)
			.filter((path) -> Files.isExecutable(Path.of(path)))
			.findFirst();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static String register(String service, int port) throws Exception {
		int before = directory.instances(service).instances().size();
		byte[] data = InstanceNodes.write(service, service + port, Instant.EPOCH, InstanceData.at("127.0.0.1", port));
		String path = coordination.client()
			.create()
			.creatingParentsIfNeeded()
			.withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
			.forPath("/servers/" + service, data);
		await().atMost(BOUND).until(() -> directory.instances(service).instances().size() > before);
		return path;
	}

}
