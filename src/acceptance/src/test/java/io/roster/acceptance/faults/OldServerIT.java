package io.roster.acceptance.faults;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import io.roster.acceptance.FreePorts;
import io.roster.acceptance.Http;
import io.roster.acceptance.Load;
import io.roster.acceptance.RunningApplication;
import org.apache.zookeeper.CreateMode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo's applications on ZooKeeper 3.8, whose events do not say which transaction
 * they come from.
 */
@Tag("faults")
@TestInstance(Lifecycle.PER_CLASS)
class OldServerIT {

	private static final int CHANGES = 300;

	private static final int CLIENTS = 6;

	private static final int ACQUISITIONS = 10;

	private final List<RunningApplication> running = new ArrayList<>();

	private OldMember member;

	private Znodes znodes;

	private RunningApplication consumer;

	private RunningApplication bikesvc;

	private RunningApplication registry;

	private RunningApplication locks;

	@BeforeAll
	void start(@TempDir Path folder) {
		this.member = new OldMember(folder);
		this.member.awaitServing();
		this.znodes = new Znodes(this.member.connectString());
		this.locks = launch("lock-service", folder);
		this.registry = launch("registry-server", folder);
		this.consumer = launch("demo-consumer", folder);
		this.bikesvc = launch("demo-bikesvc", folder, "roster.locks.client.urls=" + this.locks.uri(""));
		this.running.forEach(RunningApplication::awaitReady);
	}

	/** Whichever test was before, and left them reconnecting. */
	@BeforeEach
	void allHaveTheirConnections() {
		awaitTheTruth();
		Awaitility.await("a lock").atMost(Consumer.BOUND).until(() -> {
			URI lease = this.locks.uri("/api/v1/locks/before/leases/" + UUID.randomUUID());
			return Http.put(lease, "{\"owner\":\"test\",\"ttl\":\"1s\",\"wait\":\"5s\"}").is(200)
					&& Http.delete(lease).is(200);
		});
	}

	private RunningApplication launch(String module, Path folder, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("spring.cloud.zookeeper.connect-string=" + this.member.connectString());
		all.add("spring.cloud.zookeeper.session-timeout=" + Scene.SESSION_TIMEOUT_MS + "ms");
		RunningApplication process = RunningApplication.launch(module, FreePorts.next(), folder,
				all.toArray(String[]::new));
		this.running.add(process);
		return process;
	}

	@AfterAll
	void stop() {
		this.running.forEach(RunningApplication::close);
		this.znodes.close();
		this.member.close();
	}

	@Test
	void itIsAnOldOne() {
		JsonNode ensemble = Http.get(this.registry.uri("/api/v1/ensemble")).json();
		assertThat(ensemble.path("members").path(0).path("version").asString()).startsWith("3.8.");
	}

	@Test
	void theListsFollowAllChanges() {
		try (Load load = Load.on(this.consumer.uri("/rides"), 2)) {
			List<String> there = new ArrayList<>();
			for (int i = 0; i < CHANGES; i++) {
				there.add(this.znodes.create(CreateMode.EPHEMERAL_SEQUENTIAL, "bikesvc",
						"127.0.0.1:" + this.bikesvc.port()));
				if (there.size() > 5) {
					this.znodes.delete(there.remove(i % there.size()));
				}
			}
			awaitTheTruth();
			there.forEach(this.znodes::delete);
			awaitTheTruth();
			assertThat(load.failures()).isEmpty();
		}
	}

	@Test
	void anOutageEmptiesNothing() {
		try (Load load = Load.on(this.consumer.uri("/rides"), 2)) {
			load.awaitAnswers(50);
			this.member.killAndRestart();
			this.member.awaitServing();
			awaitTheTruth();
			load.awaitAnswers(50);
			assertThat(load.failures()).isEmpty();
		}
	}

	@Test
	void locksAreHeldByOneAtATime() {
		ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
		try {
			Guarded guarded = new Guarded();
			List<CompletableFuture<Void>> all = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				all.add(CompletableFuture.runAsync(() -> takeAndGiveBack(guarded), clients));
			}
			all.forEach(CompletableFuture::join);
			assertThat(guarded.entered.get()).isEqualTo(CLIENTS * ACQUISITIONS);
			JsonNode queue = Http.get(this.locks.uri("/api/v1/locks/old")).json();
			assertThat(queue.path("holders")).isEmpty();
			assertThat(queue.path("waiters")).isEmpty();
		}
		finally {
			clients.shutdownNow();
		}
	}

	@Test
	void bikesAreRentedUnderALock() {
		Http.Answer rental = Http.post(this.bikesvc.uri("/bikes/1/rentals"), "{\"rider\":\"ann\"}");
		assertThat(rental.status()).as(rental.body()).isEqualTo(201);
	}

	private void takeAndGiveBack(Guarded guarded) {
		for (int i = 0; i < ACQUISITIONS; i++) {
			URI lease = this.locks.uri("/api/v1/locks/old/leases/" + UUID.randomUUID());
			Http.Answer held = Http.put(lease, "{\"owner\":\"test\",\"ttl\":\"60s\",\"wait\":\"50s\"}");
			assertThat(held.status()).as(held.body()).isEqualTo(200);
			guarded.enter(Long.parseLong(held.json().path("fencingToken").asString()));
			assertThat(Http.delete(lease).json().path("state").asString()).isEqualTo("RELEASED");
		}
	}

	/** The consumer and the registry show what the ensemble has. */
	private void awaitTheTruth() {
		Awaitility.await("the lists").atMost(Consumer.BOUND).untilAsserted(() -> {
			Set<String> truth = Set.copyOf(this.znodes.children(Znodes.ROOT));
			assertThat(truth).isNotEmpty();
			assertThat(ids(this.consumer.uri("/servers"))).isEqualTo(truth);
			assertThat(ids(this.registry.uri("/api/v1/services/bikesvc"))).isEqualTo(truth);
		});
	}

	private static Set<String> ids(URI list) {
		return Http.get(list)
			.json()
			.path("instances")
			.valueStream()
			.map((each) -> each.path("id").asString())
			.collect(Collectors.toSet());
	}

	/** What the lock is for. */
	private static final class Guarded {

		private final AtomicInteger inside = new AtomicInteger();

		private final AtomicInteger entered = new AtomicInteger();

		private final AtomicLong lastToken = new AtomicLong();

		private void enter(long token) {
			assertThat(this.inside.incrementAndGet()).isEqualTo(1);
			assertThat(this.lastToken.getAndSet(token)).isLessThan(token);
			this.entered.incrementAndGet();
			this.inside.decrementAndGet();
		}

	}

}
