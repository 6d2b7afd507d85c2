package io.roster.lockservice;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.roster.ensemble.LocalEnsemble;
import io.roster.locks.client.AcquireOptions;
import io.roster.locks.client.HeldLock;
import io.roster.locks.client.LockClient;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * REST clients and Curator's {@code InterProcessMutex} in one queue.
 */
class SharedQueueTest {

	private static final int REST = 16;

	private static final int CURATOR = 4;

	private static final int ROUNDS = 3;

	private static final AcquireOptions PATIENT = AcquireOptions.defaults().withMaxWait(Duration.ofSeconds(60));

	private final ExecutorService threads = Executors.newFixedThreadPool(REST + CURATOR);

	private LocalEnsemble ensemble;

	private Replica replica;

	private CuratorFramework curator;

	@BeforeEach
	void start() {
		this.ensemble = LocalEnsemble.start(1);
		this.replica = Replica.start(this.ensemble.connectString()).awaitReady();
		this.curator = CuratorFrameworkFactory.newClient(this.ensemble.connectString(), new RetryOneTime(100));
		this.curator.start();
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.curator.close();
		this.replica.close();
		this.ensemble.close();
	}

	@Test
	void excludeEachOtherAndTokensGrow() throws Exception {
		CriticalSection section = new CriticalSection();
		List<Long> tokens = new CopyOnWriteArrayList<>();
		Stream<Callable<Void>> rest = IntStream.range(0, REST).mapToObj((i) -> () -> {
			LockClient client = this.replica.client("rest-" + i);
			for (int round = 0; round < ROUNDS; round++) {
				try (HeldLock held = client.acquire("shared", PATIENT)) {
					section.enter();
					tokens.add(held.fencingToken());
					assertThat(held.isHeld()).isTrue();
					section.leave();
				}
			}
			return null;
		});
		Stream<Callable<Void>> mutexes = IntStream.range(0, CURATOR).mapToObj((i) -> () -> {
			InterProcessMutex mutex = new InterProcessMutex(this.curator, "/locks/shared");
			for (int round = 0; round < ROUNDS; round++) {
				assertThat(mutex.acquire(60, TimeUnit.SECONDS)).isTrue();
				section.enter();
				section.leave();
				mutex.release();
			}
			return null;
		});
		for (Future<Void> done : this.threads.invokeAll(Stream.concat(rest, mutexes).toList(), 90, TimeUnit.SECONDS)) {
			assertThat(done.isCancelled()).isFalse();
			done.get();
		}
		assertThat(section.entered.get()).isEqualTo((REST + CURATOR) * ROUNDS);
		assertThat(section.overlaps.get()).isZero();
		assertThat(tokens).hasSize(REST * ROUNDS).isSorted().doesNotHaveDuplicates();
		assertThat(this.replica.queue("shared").json().path("holders")).isEmpty();
		assertThat(this.replica.queue("shared").json().path("waiters")).isEmpty();
	}

	@Test
	void areServedInTheOrderOfTheirSequenceNumbers() throws Exception {
		InterProcessMutex first = new InterProcessMutex(this.curator, "/locks/ordered");
		first.acquire();
		List<String> served = new CopyOnWriteArrayList<>();
		CountDownLatch done = new CountDownLatch(REST + CURATOR);
		for (int i = 0; i < REST + CURATOR; i++) {
			String name = "waiter-" + i;
			// Every fifth is Curator's.
			Future<Void> unused = this.threads
				.submit(i % 5 == 4 ? () -> serveMutex(name, served, done) : () -> serveRest(name, served, done));
			int queued = i + 1;
			await().atMost(Duration.ofSeconds(30))
				.pollInterval(Duration.ofMillis(10))
				.until(() -> waiters().size() == queued);
		}
		assertThat(waiters()).extracting((place) -> place.path("client").asString())
			.containsOnly("rest", "curator")
			.filteredOn("curator"::equals)
			.hasSize(CURATOR);
		first.release();
		assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(served)
			.containsExactlyElementsOf(IntStream.range(0, REST + CURATOR).mapToObj((i) -> "waiter-" + i).toList());
	}

	private Void serveRest(String name, List<String> served, CountDownLatch done) throws InterruptedException {
		try (HeldLock held = this.replica.client(name).acquire("ordered", PATIENT)) {
			served.add(held.isHeld() ? name : "late");
		}
		done.countDown();
		return null;
	}

	private Void serveMutex(String name, List<String> served, CountDownLatch done) throws Exception {
		InterProcessMutex mutex = new InterProcessMutex(this.curator, "/locks/ordered");
		mutex.acquire();
		served.add(name);
		mutex.release();
		done.countDown();
		return null;
	}

	private List<JsonNode> waiters() {
		JsonNode waiters = this.replica.queue("ordered").json().path("waiters");
		return StreamSupport.stream(waiters.spliterator(), false).toList();
	}

	private static final class CriticalSection {

		private final AtomicInteger inside = new AtomicInteger();

		private final AtomicInteger overlaps = new AtomicInteger();

		private final AtomicInteger entered = new AtomicInteger();

		void enter() {
			if (this.inside.incrementAndGet() != 1) {
				this.overlaps.incrementAndGet();
			}
			this.entered.incrementAndGet();
		}

		void leave() {
			this.inside.decrementAndGet();
		}

	}

}
