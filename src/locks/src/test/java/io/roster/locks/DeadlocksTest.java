package io.roster.locks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorOptions;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Deadlocks over two replicas. */
class DeadlocksTest extends ReplicasTest {

	private static final String OTHER = "other";

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(Deadlocks.class);

	@BeforeEach
	void listen() {
		this.log.list.clear();
		this.log.start();
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.log);
	}

	@Test
	void eachReplicaTellsOnceWhoWaitsForWhomAndWhenItIsOver() throws Exception {
		acquire(this.a, "ann", this.lock).join();
		acquire(this.b, "ben", OTHER).join();
		UUID waiter = UUID.randomUUID();
		CompletableFuture<AcquireResult> waits = this.a.queues
			.acquire(AcquireRequest.exclusive(OTHER, waiter, "ann", TestReplica.TTL, TestReplica.LONG));
		acquire(this.b, "ben", this.lock);
		awaitDeadlocks(this.a, 1);
		awaitDeadlocks(this.b, 1);
		TestReplica.get(this.b.queues.release(OTHER, waiter));
		awaitDeadlocks(this.a, 0);
		awaitDeadlocks(this.b, 0);
		assertThat(waits).succeedsWithin(Duration.ofSeconds(30)).isInstanceOf(AcquireResult.Gone.class);
		String cycle = "ann waits for lock other behind ben, ben waits for lock lock behind ann";
		assertThat(lines(Level.WARN)).containsExactly("Deadlock: " + cycle, "Deadlock: " + cycle);
		assertThat(lines(Level.INFO)).containsExactly("A deadlock is gone: " + cycle, "A deadlock is gone: " + cycle);
		assertThat(this.a.queues.deadlockCount()).isZero();
	}

	@Test
	void ofTwoWhoCloseACycleTogetherOneIsRefused() throws Exception {
		for (int round = 0; round < 8; round++) {
			String one = "one-" + round;
			String two = "two-" + round;
			String ann = "ann-" + round;
			String ben = "ben-" + round;
			acquire(this.a, ann, one).join();
			acquire(this.b, ben, two).join();
			TestReplica other = (round % 2 == 0) ? this.b : this.a;
			CompletableFuture<AcquireResult> annWaits = this.a.queues.acquire(refusing(ann, two));
			CompletableFuture<AcquireResult> benWaits = other.queues.acquire(refusing(ben, one));
			Awaitility.await()
				.pollInterval(Duration.ofMillis(5))
				.atMost(Duration.ofSeconds(30))
				.until(() -> annWaits.isDone() || benWaits.isDone());
			CompletableFuture<AcquireResult> refused = annWaits.isDone() ? annWaits : benWaits;
			assertThat(refused.join()).isInstanceOf(AcquireResult.Deadlocked.class);
			assertThat(Stream.of(annWaits, benWaits).filter(CompletableFuture::isDone)).hasSize(1);
		}
	}

	@Test
	void whoGoesOnWaitingIsRefusedInACycleThatAnotherHasClosed() throws Exception {
		acquire(this.a, "ann", this.lock).join();
		acquire(this.b, "ben", OTHER).join();
		AcquireRequest request = AcquireRequest
			.exclusive(OTHER, UUID.randomUUID(), "ann", TestReplica.TTL, Duration.ofMillis(1))
			.refusingDeadlocks();
		assertThat(TestReplica.get(this.a.queues.acquire(request))).isInstanceOf(AcquireResult.Waiting.class);
		acquire(this.b, "ben", this.lock);
		this.a.awaitPlaces(this.lock, 2);
		AcquireRequest again = new AcquireRequest(OTHER, request.lease(), "ann", Mode.EXCLUSIVE, TestReplica.TTL,
				TestReplica.LONG, Map.of(), null, OnDeadlock.REFUSE);
		assertThat(TestReplica.get(this.a.queues.acquire(again))).isInstanceOf(AcquireResult.Deadlocked.class);
		this.b.awaitPlaces(OTHER, 1);
	}

	@Test
	void aCheckThatALossOfTheConnectionHasStoppedIsMadeAgain() throws Exception {
		acquire(this.a, "ann", this.lock).join();
		acquire(this.b, "ben", OTHER).join();
		acquire(this.b, "ben", this.lock);
		this.a.awaitPlaces(this.lock, 2);
		CompletableFuture<AcquireResult> ann = this.a.queues.acquire(refusing("ann", OTHER));
		this.a.link.cut();
		assertThat(TestReplica.get(ann)).isInstanceOf(AcquireResult.Deadlocked.class);
		this.b.awaitPlaces(OTHER, 1);
	}

	@Test
	void foreignPlacesHaveNoOwner() throws Exception {
		foreign("_c_" + UUID.randomUUID() + "-lock-", CreateMode.EPHEMERAL_SEQUENTIAL,
				"{\"owner\":\"ann\",\"mode\":\"EXCLUSIVE\",\"ttlMs\":30000}");
		acquire(this.b, "ben", OTHER).join();
		acquire(this.a, "ben", this.lock);
		acquire(this.a, "ann", OTHER);
		this.b.awaitPlaces(this.lock, 2);
		this.b.awaitPlaces(OTHER, 2);
		assertNoDeadlock();
	}

	@Test
	void oneFreeHolderOfASemaphoreIsEnoughAtAReplicaThatHasNotUsedIt() throws Exception {
		TestReplica.get(this.a.queues.declare(OTHER, LockKind.SEMAPHORE, 2));
		acquire(this.a, "ben", OTHER).join();
		acquire(this.a, "free", OTHER).join();
		acquire(this.a, "ann", this.lock).join();
		acquire(this.a, "ann", OTHER);
		acquire(this.a, "ben", this.lock);
		this.b.awaitPlaces(OTHER, 3);
		this.b.awaitPlaces(this.lock, 2);
		assertNoDeadlock();
	}

	/** One that comes later, and is found, has been looked for since. */
	private void assertNoDeadlock() throws Exception {
		acquire(this.a, "cat", "third").join();
		acquire(this.b, "dan", "fourth").join();
		acquire(this.a, "cat", "fourth");
		acquire(this.b, "dan", "third");
		for (TestReplica replica : List.of(this.a, this.b)) {
			Awaitility.await()
				.pollInterval(Duration.ofMillis(20))
				.atMost(Duration.ofSeconds(30))
				.until(() -> replica.queues.deadlockCount() > 0);
			assertThat(TestReplica.get(replica.queues.deadlocks()).deadlocks()).extracting(Deadlock::owners)
				.containsExactly(List.of("cat", "dan"));
		}
	}

	@Test
	void ofPlacesThatAreReadTogetherOneMayBeGone() throws Exception {
		acquire(this.a, "ann", this.lock).join();
		String there = "/locks/" + this.lock + "/" + nodes().get(0);
		List<Answer> answers = new CopyOnWriteArrayList<>();
		try (Mirror mirror = this.a.coordination.mirror("/locks", MirrorOptions.namesOnly())) {
			mirror.firstSnapshot().get(30, TimeUnit.SECONDS);
			new Operations(mirror, new Serial(), true).readAll(List.of(there + "0", there, there + "1"),
					answers::addAll);
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> answers.size() == 3);
		}
		assertThat(answers).extracting(Answer::path).containsExactly(there + "0", there, there + "1");
		assertThat(answers).extracting(Answer::code).containsExactly(Code.NONODE, Code.OK, Code.NONODE);
		assertThat(answers.get(1).data()).isEqualTo(this.raw.getData().forPath(there));
	}

	@Test
	void manyWhoWaitAreReadTogether() throws Exception {
		acquire(this.a, "ann", this.lock).join();
		for (int i = 0; i < 100; i++) {
			acquire(this.a, "waiter-" + i, this.lock);
		}
		this.b.awaitPlaces(this.lock, 101);
		acquire(this.b, "ben", OTHER).join();
		acquire(this.b, "ann", OTHER);
		acquire(this.b, "ben", this.lock);
		awaitDeadlocks(this.b, 1);
	}

	private CompletableFuture<AcquireResult> acquire(TestReplica replica, String owner, String lock) {
		return replica.queues
			.acquire(AcquireRequest.exclusive(lock, UUID.randomUUID(), owner, TestReplica.TTL, TestReplica.LONG));
	}

	private static AcquireRequest refusing(String owner, String lock) {
		return AcquireRequest.exclusive(lock, UUID.randomUUID(), owner, TestReplica.TTL, TestReplica.LONG)
			.refusingDeadlocks();
	}

	private static void awaitDeadlocks(TestReplica replica, int count) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(20))
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(TestReplica.get(replica.queues.deadlocks()).deadlocks()).hasSize(count));
	}

	private List<String> lines(Level level) {
		return List.copyOf(this.log.list)
			.stream()
			.filter((line) -> line.getLevel() == level)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

}
