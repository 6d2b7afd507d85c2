package io.roster.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo as a user starts it, on free ports in a temporary folder: what it shows works,
 * a member that is stopped and started is elected over, and no process stays behind,
 * whichever way it ends.
 */
class DemoIT {

	private static final int PROCESSES = 8;

	@TempDir
	Path folder;

	private Process demo;

	private Path output;

	private List<ProcessHandle> children = List.of();

	@BeforeEach
	void start() throws IOException {
		this.output = this.folder.resolve("output.txt");
		this.demo = new ProcessBuilder(Java.executable(), "-jar", jar(), "--dir",
				this.folder.resolve("demo").toString(), "--free-ports")
			.redirectErrorStream(true)
			.redirectOutput(this.output.toFile())
			.start();
		Awaitility.await("the demo to be ready")
			.atMost(Duration.ofSeconds(120))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> !this.demo.isAlive() || said("Roster is ready"));
		assertThat(this.demo.isAlive()).as(output()).isTrue();
		this.children = this.demo.descendants().toList();
		assertThat(this.children).as(output()).hasSize(PROCESSES);
	}

	@AfterEach
	void stop() {
		this.demo.destroyForcibly();
		this.children.forEach(ProcessHandle::destroyForcibly);
	}

	@Test
	void whatItShowsWorksAndNothingStaysBehind() throws Exception {
		for (ProcessHandle child : this.children) {
			assertThat(output()).contains(String.valueOf(child.pid()));
		}
		URI consumer = uri("demo-consumer", 0);
		assertThat(Http.get(consumer.resolve("/rides")).json().path("servedBy").asString()).startsWith("bikesvc");
		JsonNode services = Http.get(uri("registry-server", 0).resolve("/api/v1/services/bikesvc")).json();
		assertThat(services.path("instances")).hasSize(2);
		rentUnderALockThatIsGivenBack();
		CompletableFuture<Http.Answer> late = rentWithAPauseThatIsLongerThanTheLease();
		rentWhatThePausedOneHasLost();
		stopAndStartTheLeadingMember();
		Http.Answer refused = late.get(120, TimeUnit.SECONDS);
		assertThat(refused.status()).as(refused.body()).isEqualTo(409);
		assertThat(refused.json().path("type").asString()).isEqualTo("urn:roster:problem:stale-fencing-token");
		this.demo.destroy();
		assertThat(this.demo.waitFor(60, TimeUnit.SECONDS)).as(output()).isTrue();
		assertThat(this.children).noneMatch(ProcessHandle::isAlive);
	}

	@Test
	void itsProcessesEndWithItWhenItIsKilled() {
		this.demo.destroyForcibly();
		Awaitility.await("the end of all processes")
			.atMost(Duration.ofSeconds(60))
			.until(() -> this.children.stream().noneMatch(ProcessHandle::isAlive));
	}

	private void rentUnderALockThatIsGivenBack() {
		Http.Answer rental = Http.post(uri("demo-bikesvc", 0).resolve("/bikes/1/rentals"), "{\"rider\":\"ann\"}");
		assertThat(rental.status()).as(rental.body()).isBetween(200, 201);
		JsonNode queue = Http.get(uri("lock-service", 0).resolve("/api/v1/locks/bike-1")).json();
		assertThat(queue.path("holders")).isEmpty();
		assertThat(queue.path("waiters")).isEmpty();
	}

	private CompletableFuture<Http.Answer> rentWithAPauseThatIsLongerThanTheLease() {
		CompletableFuture<Http.Answer> late = CompletableFuture.supplyAsync(() -> Http
			.post(uri("demo-bikesvc", 0).resolve("/bikes/2/rentals"), "{\"rider\":\"ann\",\"pause\":\"45s\"}"));
		URI queue = uri("lock-service", 0).resolve("/api/v1/locks/bike-2");
		Awaitility.await("the paused one to hold the lock")
			.atMost(Duration.ofSeconds(60))
			.until(() -> !Http.get(queue).json().path("holders").isEmpty());
		return late;
	}

	private void rentWhatThePausedOneHasLost() {
		Http.Answer rental = Http.post(uri("demo-bikesvc", 1).resolve("/bikes/2/rentals"),
				"{\"rider\":\"ben\",\"wait\":\"30s\"}");
		assertThat(rental.status()).as(rental.body()).isEqualTo(201);
	}

	private void stopAndStartTheLeadingMember() throws Exception {
		int leader = leader();
		member("stop", leader);
		Awaitility.await("another leader").atMost(Duration.ofSeconds(60)).until(() -> {
			int now = leader();
			return now != 0 && now != leader;
		});
		assertThat(Http.get(uri("demo-consumer", 0).resolve("/rides")).status()).isEqualTo(200);
		member("start", leader);
		Awaitility.await("three members").atMost(Duration.ofSeconds(60)).until(() -> serving() == 3);
		this.children = Stream.concat(this.children.stream(), startedMember(leader)).distinct().toList();
	}

	private Stream<ProcessHandle> startedMember(int id) throws IOException {
		try (Stream<Path> files = Files.list(this.folder.resolve("demo/run"))) {
			List<Path> pids = files.filter((file) -> file.getFileName().toString().equals("member-" + id + ".pid"))
				.toList();
			assertThat(pids).hasSize(1);
			long pid = Long.parseLong(Files.readString(pids.get(0)).strip().split(" ", -1)[0]);
			return ProcessHandle.of(pid).stream();
		}
	}

	private int leader() {
		for (JsonNode member : ensemble()) {
			if (member.path("role").asString("").equals("leader")) {
				return member.path("id").asInt();
			}
		}
		return 0;
	}

	private long serving() {
		return ensemble().valueStream()
			.filter((member) -> List.of("leader", "follower").contains(member.path("role").asString("")))
			.count();
	}

	private JsonNode ensemble() {
		Http.Answer answer = Http.get(uri("registry-server", 0).resolve("/api/v1/ensemble"));
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		return answer.json().path("members");
	}

	private void member(String action, int id) throws Exception {
		Process command = new ProcessBuilder(Java.executable(), "-jar", jar(), "member", action, String.valueOf(id),
				"--dir", this.folder.resolve("demo").toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.folder.resolve("member.txt").toFile()))
			.start();
		assertThat(command.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(command.exitValue()).as(Files.readString(this.folder.resolve("member.txt"))).isZero();
	}

	private URI uri(String process, int number) {
		Properties ports = new Properties();
		try (InputStream in = Files.newInputStream(this.folder.resolve("demo/run/ports.properties"))) {
			ports.load(in);
		}
		catch (IOException ex) {
			throw new AssertionError(output(), ex);
		}
		return URI.create("http://127.0.0.1:" + ports.getProperty(process).split(",", -1)[number]);
	}

	private static String jar() {
		return Repository.root().resolve("src/quickstart/target/roster-quickstart.jar").toString();
	}

	private boolean said(String text) {
		return output().contains(text);
	}

	private String output() {
		try {
			return Files.exists(this.output) ? Files.readString(this.output) : "";
		}
		catch (IOException ex) {
			throw new AssertionError("the demo's output cannot be read", ex);
		}
	}

}
