package io.roster.acceptance.faults;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.roster.acceptance.FreePorts;
import io.roster.acceptance.Http;
import io.roster.acceptance.RunningApplication;
import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.retry.RetryForever;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs in other languages, Curator's mutex and REST leases in one queue, which is
 * watched: {@code -Dforeign.go="…" -Dforeign.python="…"} name commands that
 * {@link ForeignProgram} describes.
 */
@Tag("faults")
@EnabledIf(value = "io.roster.acceptance.faults.ForeignProgramsIT#aProgramIsGiven",
		disabledReason = "no foreign program is given: name commands with -Dforeign.go and -Dforeign.python")
@TestInstance(Lifecycle.PER_CLASS)
class ForeignLocksIT {

	private static final Duration BOUND = Duration.ofMinutes(2);

	private final List<RunningApplication> services = new CopyOnWriteArrayList<>();

	private Path folder;

	private LocalEnsemble ensemble;

	private CuratorFramework curator;

	@BeforeAll
	void start(@TempDir Path temporary) {
		this.folder = temporary;
		this.ensemble = LocalEnsemble.start(1);
		this.curator = CuratorFrameworkFactory.builder()
			.connectString(this.ensemble.connectString())
			.sessionTimeoutMs(60_000)
			.retryPolicy(new RetryForever(200))
			.build();
		this.curator.start();
	}

	@AfterAll
	void stop() {
		this.services.forEach(RunningApplication::close);
		this.curator.close();
		this.ensemble.close();
	}

	@ParameterizedTest
	@CsvSource({ "go, /locks, bike", "python, /locks, bike", "go, /root, lock", "python, /root, lock" })
	void standInOneQueueWithCuratorAndRest(String language, String root, String lock) throws Exception {
		String command = ForeignProgramsIT.requireCommand(language);
		String path = root + "/" + lock;
		Queue queue = new Queue(service(root), lock);
		LockMonitor monitor = new LockMonitor(this.curator, path);
		Rest first = queue.acquire();
		queue.awaitPlaces("rest");
		try (ForeignProgram program = program(command, path)) {
			queue.awaitPlaces("rest", "foreign");
			Mutex mutex = new Mutex(this.curator, path);
			queue.awaitPlaces("rest", "foreign", "curator");
			try (ForeignProgram killed = program(command, path)) {
				queue.awaitPlaces("rest", "foreign", "curator", "foreign");
				Rest last = queue.acquire();
				queue.awaitPlaces("rest", "foreign", "curator", "foreign", "rest");
				long token = first.token();
				first.release();
				awaitAcquired(program);
				queue.awaitPlaces("foreign", "curator", "foreign", "rest");
				program.stop();
				mutex.awaitHeld();
				queue.awaitPlaces("curator", "foreign", "rest");
				mutex.release();
				awaitAcquired(killed);
				queue.awaitPlaces("foreign", "rest");
				killed.close();
				assertThat(last.token()).isGreaterThan(token);
				queue.awaitPlaces("rest");
				last.release();
			}
		}
		queue.awaitPlaces();
		monitor.awaitSteps(5);
	}

	private RunningApplication service(String root) {
		RunningApplication service = RunningApplication.launch("lock-service", FreePorts.next(), this.folder,
				"spring.cloud.zookeeper.connect-string=" + this.ensemble.connectString(), "roster.locks.root=" + root);
		this.services.add(service);
		return service.awaitReady();
	}

	private ForeignProgram program(String command, String path) {
		return new ForeignProgram(command, this.folder, this.ensemble.connectString(), "lock", path, "300");
	}

	private static void awaitAcquired(ForeignProgram program) {
		Awaitility.await("its turn")
			.atMost(BOUND)
			.untilAsserted(() -> assertThat(program.output()).contains("acquired"));
	}

	/** The queue of one lock, as the lock service shows it. */
	private record Queue(RunningApplication service, String lock) {

		Rest acquire() {
			URI lease = this.service.uri("/api/v1/locks/" + this.lock + "/leases/" + UUID.randomUUID());
			return new Rest(lease, CompletableFuture.supplyAsync(() -> hold(lease)));
		}

		private static JsonNode hold(URI lease) {
			for (long end = System.nanoTime() + BOUND.toNanos(); System.nanoTime() - end < 0;) {
				Http.Answer answer = Http.put(lease, "{\"owner\":\"rest\",\"ttl\":\"5m\",\"wait\":\"20s\"}");
				if (answer.is(200)) {
					return answer.json();
				}
				assertThat(answer.status()).as(answer.body()).isEqualTo(202);
			}
			throw new AssertionError("not granted: " + lease);
		}

		/** The first holds, the others wait, in this order. */
		void awaitPlaces(String... clients) {
			Awaitility.await("the queue").atMost(BOUND).untilAsserted(() -> {
				JsonNode queue = Http.get(this.service.uri("/api/v1/locks/" + this.lock)).json();
				List<String> holders = clientsOf(queue.path("holders"));
				List<String> all = new CopyOnWriteArrayList<>(holders);
				all.addAll(clientsOf(queue.path("waiters")));
				assertThat(all).containsExactly(clients);
				assertThat(holders).hasSize((clients.length == 0) ? 0 : 1);
			});
		}

		private static List<String> clientsOf(JsonNode places) {
			return places.valueStream().map((place) -> place.path("client").asString()).toList();
		}

	}

	/** A lease. */
	private record Rest(URI lease, CompletableFuture<JsonNode> held) {

		long token() throws Exception {
			return Long.parseLong(this.held.get(BOUND.toSeconds(), TimeUnit.SECONDS).path("fencingToken").asString());
		}

		void release() {
			assertThat(Http.delete(this.lease).json().path("state").asString()).isEqualTo("RELEASED");
		}

	}

	/** A thread with Curator's mutex. */
	private static final class Mutex {

		private final CountDownLatch release = new CountDownLatch(1);

		private final CompletableFuture<Void> held = new CompletableFuture<>();

		private final CompletableFuture<Void> released;

		Mutex(CuratorFramework curator, String path) {
			this.released = CompletableFuture.runAsync(() -> {
				try {
					InterProcessMutex mutex = new InterProcessMutex(curator, path);
					mutex.acquire();
					this.held.complete(null);
					this.release.await();
					mutex.release();
				}
				catch (Exception ex) {
					this.held.completeExceptionally(ex);
					throw new IllegalStateException(ex);
				}
			});
		}

		void awaitHeld() throws Exception {
			this.held.get(BOUND.toSeconds(), TimeUnit.SECONDS);
		}

		void release() throws Exception {
			this.release.countDown();
			this.released.get(BOUND.toSeconds(), TimeUnit.SECONDS);
		}

	}

	/** The tutorial's: it watches a queue, and writes down each step. */
	private static final class LockMonitor {

		private final String path;

		private final List<String> created = new CopyOnWriteArrayList<>();

		private final List<String> deleted = new CopyOnWriteArrayList<>();

		LockMonitor(CuratorFramework curator, String path) throws Exception {
			this.path = path;
			curator.watchers()
				.add()
				.withMode(AddWatchMode.PERSISTENT_RECURSIVE)
				.usingWatcher((Watcher) this::see)
				.forPath(path);
		}

		private void see(WatchedEvent event) {
			if (event.getPath() != null && event.getPath().startsWith(this.path + "/")) {
				if (event.getType() == EventType.NodeCreated) {
					this.created.add(event.getPath());
				}
				else if (event.getType() == EventType.NodeDeleted) {
					this.deleted.add(event.getPath());
				}
			}
		}

		/** Everybody came, and left in the same order. */
		void awaitSteps(int places) {
			Awaitility.await("the last step")
				.atMost(BOUND)
				.untilAsserted(() -> assertThat(this.deleted).hasSize(places));
			assertThat(this.deleted).isEqualTo(this.created);
		}

	}

}
