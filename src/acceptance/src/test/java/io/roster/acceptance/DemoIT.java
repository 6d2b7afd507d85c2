package io.roster.acceptance;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
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

	@Test
	void whatItShowsWorksAndNothingStaysBehind() throws Exception {
		try (RunningDemo demo = RunningDemo.start(this.folder)) {
			List<ProcessHandle> processes = demo.processes();
			assertThat(processes).as(demo.output()).hasSize(PROCESSES);
			for (ProcessHandle process : processes) {
				assertThat(demo.output()).contains(String.valueOf(process.pid()));
			}
			assertThat(Http.get(demo.uri("demo-consumer", 0, "/rides")).json().path("servedBy").asString())
				.startsWith("bikesvc");
			assertThat(Http.get(demo.uri("registry-server", 0, "/api/v1/services/bikesvc")).json().path("instances"))
				.hasSize(2);
			rentUnderALockThatIsGivenBack(demo);
			CompletableFuture<Http.Answer> late = rentWithAPauseThatIsLongerThanTheLease(demo);
			rentWhatThePausedOneHasLost(demo);
			ProcessHandle member = stopAndStartTheLeadingMember(demo);
			Http.Answer refused = late.get(120, TimeUnit.SECONDS);
			assertThat(refused.status()).as(refused.body()).isEqualTo(409);
			assertThat(refused.json().path("type").asString()).isEqualTo("urn:roster:problem:stale-fencing-token");
			demo.stop();
			assertThat(processes).noneMatch(ProcessHandle::isAlive);
			assertThat(member.isAlive()).isFalse();
		}
	}

	@Test
	void itsProcessesEndWithItWhenItIsKilled() {
		try (RunningDemo demo = RunningDemo.launch(this.folder)) {
			Awaitility.await("the start of all processes")
				.atMost(Duration.ofSeconds(120))
				.untilAsserted(() -> assertThat(demo.processes()).as(demo.output()).hasSize(PROCESSES));
			List<ProcessHandle> processes = demo.processes();
			demo.kill();
			Awaitility.await("the end of all processes")
				.atMost(Duration.ofSeconds(60))
				.until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
		}
	}

	private static void rentUnderALockThatIsGivenBack(RunningDemo demo) {
		Http.Answer rental = Http.post(demo.uri("demo-bikesvc", 0, "/bikes/1/rentals"), "{\"rider\":\"ann\"}");
		assertThat(rental.status()).as(rental.body()).isBetween(200, 201);
		JsonNode queue = Http.get(demo.uri("lock-service", 0, "/api/v1/locks/bike-1")).json();
		assertThat(queue.path("holders")).isEmpty();
		assertThat(queue.path("waiters")).isEmpty();
	}

	private static CompletableFuture<Http.Answer> rentWithAPauseThatIsLongerThanTheLease(RunningDemo demo) {
		CompletableFuture<Http.Answer> late = CompletableFuture.supplyAsync(() -> Http
			.post(demo.uri("demo-bikesvc", 0, "/bikes/2/rentals"), "{\"rider\":\"ann\",\"pause\":\"45s\"}"));
		URI queue = demo.uri("lock-service", 0, "/api/v1/locks/bike-2");
		Awaitility.await("the paused one to hold the lock")
			.atMost(Duration.ofSeconds(60))
			.until(() -> !Http.get(queue).json().path("holders").isEmpty());
		return late;
	}

	private static void rentWhatThePausedOneHasLost(RunningDemo demo) {
		Http.Answer rental = Http.post(demo.uri("demo-bikesvc", 1, "/bikes/2/rentals"),
				"{\"rider\":\"ben\",\"wait\":\"30s\"}");
		assertThat(rental.status()).as(rental.body()).isEqualTo(201);
	}

	private ProcessHandle stopAndStartTheLeadingMember(RunningDemo demo) throws IOException {
		int leader = leader(demo);
		demo.member("stop", leader);
		Awaitility.await("another leader").atMost(Duration.ofSeconds(60)).until(() -> {
			int now = leader(demo);
			return now != 0 && now != leader;
		});
		assertThat(Http.get(demo.uri("demo-consumer", 0, "/rides")).status()).isEqualTo(200);
		demo.member("start", leader);
		Awaitility.await("three members").atMost(Duration.ofSeconds(60)).until(() -> serving(demo) == 3);
		return startedMember(leader);
	}

	/** It is no process of the demo's, and ends with it all the same. */
	private ProcessHandle startedMember(int id) throws IOException {
		Path file = this.folder.resolve("demo/run/member-" + id + ".pid");
		long pid = Long.parseLong(Files.readString(file).strip().split(" ", -1)[0]);
		return ProcessHandle.of(pid).orElseThrow();
	}

	private static int leader(RunningDemo demo) {
		for (JsonNode member : ensemble(demo)) {
			if (member.path("role").asString("").equals("leader")) {
				return member.path("id").asInt();
			}
		}
		return 0;
	}

	private static long serving(RunningDemo demo) {
		return ensemble(demo).valueStream()
			.filter((member) -> List.of("leader", "follower").contains(member.path("role").asString("")))
			.count();
	}

	private static JsonNode ensemble(RunningDemo demo) {
		Http.Answer answer = Http.get(demo.uri("registry-server", 0, "/api/v1/ensemble"));
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		return answer.json().path("members");
	}

}
