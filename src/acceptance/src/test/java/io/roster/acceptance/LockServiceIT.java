package io.roster.acceptance;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.roster.ensemble.LocalEnsemble;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lock service as a process that is killed: a lease is not the process that gave it.
 */
class LockServiceIT {

	@TempDir
	Path folder;

	private final List<RunningApplication> running = new ArrayList<>();

	private LocalEnsemble ensemble;

	@BeforeEach
	void start() {
		this.ensemble = LocalEnsemble.start(1);
	}

	@AfterEach
	void stop() {
		this.running.forEach(RunningApplication::close);
		this.ensemble.close();
	}

	@Test
	void aLeaseAndAPlaceOutliveKillMinusNineAndARestart() {
		int port = FreePorts.next();
		RunningApplication service = launch(port).awaitReady();
		URI held = service.uri("/api/v1/locks/bike-7/leases/" + UUID.randomUUID());
		URI waiting = service.uri("/api/v1/locks/bike-7/leases/" + UUID.randomUUID());
		JsonNode lease = Http.put(held, acquire("ann", "60s", "0s")).json();
		assertThat(lease.path("state").asString()).isEqualTo("HELD");
		Http.Answer place = Http.put(waiting, acquire("ben", "60s", "100ms"));
		assertThat(place.status()).isEqualTo(202);
		service.kill();
		launch(port).awaitReady();
		Http.Answer renewed = Http.post(URI.create(held + "/renew"), "{}");
		assertThat(renewed.status()).as(renewed.body()).isEqualTo(200);
		assertThat(renewed.json().path("state").asString()).isEqualTo("HELD");
		assertThat(renewed.json().path("fencingToken").asString()).isEqualTo(lease.path("fencingToken").asString());
		JsonNode queue = Http.get(service.uri("/api/v1/locks/bike-7")).json();
		assertThat(queue.path("holders")).hasSize(1);
		assertThat(queue.path("waiters")).hasSize(1);
		CompletableFuture<Http.Answer> goesOnWaiting = CompletableFuture
			.supplyAsync(() -> Http.put(waiting, acquire("ben", "60s", "20s")));
		assertThat(Http.delete(held).json().path("state").asString()).isEqualTo("RELEASED");
		Http.Answer granted = goesOnWaiting.join();
		assertThat(granted.status()).as(granted.body()).isEqualTo(200);
		assertThat(Long.parseLong(granted.json().path("fencingToken").asString()))
			.isGreaterThan(Long.parseLong(lease.path("fencingToken").asString()));
	}

	@Test
	void whatAKilledReplicaGaveExpiresAtTheOtherOne() {
		RunningApplication first = launch(FreePorts.next());
		RunningApplication second = launch(FreePorts.next());
		first.awaitReady();
		second.awaitReady();
		String lock = "/api/v1/locks/bike-8/leases/";
		assertThat(Http.put(first.uri(lock + UUID.randomUUID()), acquire("ann", "2s", "0s")).status()).isEqualTo(200);
		first.kill();
		Http.Answer granted = Http.put(second.uri(lock + UUID.randomUUID()), acquire("ben", "2s", "10s"));
		assertThat(granted.status()).as(granted.body()).isEqualTo(200);
	}

	@Test
	void withoutAnEnsembleItSaysSoAndServesWhenThereIsOne() {
		RunningApplication service = launch(FreePorts.next()).awaitReady();
		URI lease = service.uri("/api/v1/locks/bike-9/leases/" + UUID.randomUUID());
		this.ensemble.stop(1);
		Awaitility.await("503")
			.atMost(Duration.ofSeconds(30))
			.until(() -> Http.put(lease, acquire("ann", "5s", "0s")).is(503));
		assertThat(Http.get(service.uri("/actuator/health/liveness")).status()).isEqualTo(200);
		this.ensemble.start(1, false);
		Awaitility.await("200")
			.atMost(Duration.ofSeconds(60))
			.until(() -> Http.put(lease, acquire("ann", "5s", "0s")).is(200));
	}

	private RunningApplication launch(int port) {
		RunningApplication service = RunningApplication.launch("lock-service", port, this.folder,
				"spring.cloud.zookeeper.connect-string=" + this.ensemble.connectString());
		this.running.add(service);
		return service;
	}

	private static String acquire(String owner, String ttl, String wait) {
		return "{\"owner\":\"%s\",\"ttl\":\"%s\",\"wait\":\"%s\"}".formatted(owner, ttl, wait);
	}

}
