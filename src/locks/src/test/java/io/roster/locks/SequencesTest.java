package io.roster.locks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random sequences of operations at two replicas, one of which crashes now and then, give
 * the answers and the queues that {@link InMemoryLocks} gives. The seed of a sequence
 * stands in its name; the same seed makes the same sequence.
 */
class SequencesTest extends ReplicasTest {

	private static final int STEPS = 40;

	/** The second lock of those that want several. */
	private static final String OTHER = "another";

	/** So long that a slow machine does not let a lease expire by itself. */
	private static final Duration TTL = Duration.ofMinutes(10);

	private static final Duration BOUND = Duration.ofSeconds(60);

	private static final Duration LONG = Duration.ofHours(20);

	private static final LockLimits LIMITS = new LockLimits(Duration.ofSeconds(1), TTL, LONG, 100, 100, 200, 100, 100);

	private final MovedTime modelTime = new MovedTime();

	private final List<Waiting> waiting = new ArrayList<>();

	private final List<Known> leases = new ArrayList<>();

	private final StringBuilder story = new StringBuilder();

	private InMemoryLocks model = new InMemoryLocks(LIMITS, this.modelTime);

	private Random random = new Random(0);

	private long lastWriter;

	@Override
	@BeforeEach
	void startReplicas() throws Exception {
		this.a = replica();
		this.b = replica();
	}

	private TestReplica replica() throws Exception {
		return TestReplica.start(this.ensemble,
				LockOptions.defaults().withAnswerWithin(Duration.ofHours(1)).withLimits(LIMITS));
	}

	@AfterEach
	void closeModel() {
		this.model.close();
	}

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 1, 2, 3, 20_261_122, 4_294_967_311L })
	void aSequenceGivesTheAnswersAndTheQueuesOfTheModelAlsoOfASemaphore(long seed) throws Exception {
		this.random = new Random(seed);
		this.waiting.clear();
		this.leases.clear();
		this.story.setLength(0);
		this.lastWriter = 0;
		this.model.close();
		this.model = new InMemoryLocks(LIMITS, this.modelTime);
		if (seed % 2 == 0) {
			declare(LockKind.SEMAPHORE);
		}
		for (int step = 0; step < STEPS; step++) {
			step();
			awaitLikeModel();
		}
	}

	private void step() throws Exception {
		int dice = this.random.nextInt(100);
		if (dice < 40) {
			acquire(fresh());
		}
		else if (dice < 48) {
			acquire(known());
		}
		else if (dice < 70) {
			release();
		}
		else if (dice < 80) {
			renew();
		}
		else if (dice < 85) {
			end();
		}
		else if (dice < 90) {
			declare();
		}
		else if (dice < 96) {
			expire();
		}
		else {
			crash();
		}
	}

	private void acquire(Known lease) throws Exception {
		boolean waits = this.random.nextInt(3) > 0
				|| this.waiting.stream().anyMatch((call) -> call.lease.equals(lease));
		boolean atA = this.random.nextBoolean();
		tell("acquire %s at %s, waits %s", lease, atA, waits);
		if (lease.several) {
			MultiRequest request = new MultiRequest(lease.id, "model", List.of(this.lock, OTHER), TTL,
					waits ? LONG : Duration.ZERO, Map.of(), null);
			this.waiting.add(new Waiting(lease, atA, this.model.acquire(request),
					(atA ? this.a : this.b).queues.acquire(request)));
			return;
		}
		AcquireRequest request = new AcquireRequest(this.lock, lease.id, "model", lease.mode, TTL,
				waits ? LONG : Duration.ZERO, Map.of(), null);
		CompletableFuture<AcquireResult> expected = this.model.acquire(request);
		CompletableFuture<AcquireResult> actual = (atA ? this.a : this.b).queues.acquire(request);
		this.waiting.add(new Waiting(lease, atA, expected, actual));
	}

	private void release() throws Exception {
		Known lease = known();
		tell("release %s", lease);
		if (lease.several) {
			same(this.model.release(lease.claim()), any().release(lease.claim()));
			return;
		}
		same(this.model.release(this.lock, lease.id), any().release(this.lock, lease.id));
	}

	private void renew() throws Exception {
		Known lease = known();
		tell("renew %s", lease);
		if (lease.several) {
			assertThat(word(TestReplica.get(any().renew(lease.claim(), null)))).as(this.story.toString())
				.isEqualTo(word(TestReplica.get(this.model.renew(lease.claim(), null))));
			return;
		}
		assertThat(word(TestReplica.get(any().renew(this.lock, lease.id, null)))).as(this.story.toString())
			.isEqualTo(word(TestReplica.get(this.model.renew(this.lock, lease.id, null))));
	}

	/** A place that waits in a revoked lease is told of it at its next renewal only. */
	private void end() throws Exception {
		Known lease = known();
		boolean free = this.waiting.stream().noneMatch((call) -> call.lease.equals(lease));
		if (free && this.random.nextBoolean()) {
			tell("revoke %s", lease);
			same(this.model.revoke(this.lock, lease.id, "why"), any().revoke(this.lock, lease.id, "why"));
		}
		else {
			tell("force %s", lease);
			same(this.model.force(this.lock, lease.id, "why"), any().force(this.lock, lease.id, "why"));
		}
	}

	private void declare() throws Exception {
		declare(LockKind.values()[this.random.nextInt(LockKind.values().length)]);
	}

	private void declare(LockKind kind) throws Exception {
		int permits = (kind == LockKind.SEMAPHORE) ? 1 + this.random.nextInt(4) : 1;
		tell("declare %s of %s", kind, permits);
		same(this.model.declare(this.lock, kind, permits), any().declare(this.lock, kind, permits));
	}

	/** In thirds of a TTL, so that who waits is kept, and a little more. */
	private void expire() {
		tell("expire");
		for (int third = 0; third < 3; third++) {
			advance(TTL.dividedBy(3).plusSeconds(1));
			Awaitility.await()
				.pollInterval(Duration.ofMillis(5))
				.atMost(BOUND)
				.untilAsserted(() -> assertThat(List.of(this.a, this.b)).allSatisfy(this::assertKept));
		}
		advance(Duration.ofSeconds(20));
	}

	private void assertKept(TestReplica replica) throws Exception {
		List<String> called = this.waiting.stream()
			.filter((call) -> !call.expected.isDone())
			.map((call) -> call.lease.id.toString())
			.toList();
		assertThat(TestReplica.get(replica.queues.view(this.lock)).waiters()).as(this.story.toString())
			.filteredOn((place) -> called.contains(place.lease()))
			.allSatisfy((place) -> assertThat(place.expiresInMs()).isGreaterThan(TTL.dividedBy(2).toMillis()));
	}

	private void advance(Duration by) {
		this.modelTime.advance(by);
		this.a.time.advance(by);
		this.b.time.advance(by);
	}

	private void crash() throws Exception {
		boolean isA = this.random.nextBoolean();
		tell("crash %s", isA);
		List<Waiting> lost = this.waiting.stream().filter((call) -> call.atA == isA).toList();
		(isA ? this.a : this.b).close();
		lost.forEach((call) -> call.expected.cancel(false));
		this.waiting.removeAll(lost);
		TestReplica restarted = replica();
		if (isA) {
			this.a = restarted;
		}
		else {
			this.b = restarted;
		}
	}

	private void awaitLikeModel() throws Exception {
		awaitLikeModel(OTHER);
		LockView expected = awaitLikeModel(this.lock);
		assertAnswers(expected.kind());
	}

	private LockView awaitLikeModel(String name) throws Exception {
		LockView expected = TestReplica.get(this.model.view(name));
		for (TestReplica replica : List.of(this.a, this.b)) {
			Awaitility.await().pollInterval(Duration.ofMillis(3)).atMost(BOUND).untilAsserted(() -> {
				LockView actual = TestReplica.get(replica.queues.view(name));
				assertThat(leases(actual.holders())).as(this.story.toString()).isEqualTo(leases(expected.holders()));
				assertThat(leases(actual.waiters())).as(this.story.toString()).isEqualTo(leases(expected.waiters()));
				assertThat(actual.kind()).as(this.story.toString()).isEqualTo(expected.kind());
				assertThat(actual.permits()).as(this.story.toString()).isEqualTo(expected.permits());
			});
		}
		return expected;
	}

	private void assertAnswers(LockKind kind) throws Exception {
		for (Waiting call : List.copyOf(this.waiting)) {
			if (call.expected.isDone()) {
				Object actual = TestReplica.get(call.actual);
				assertThat(word(actual)).as("%s for %s in%s", actual, call.lease, this.story)
					.isEqualTo(word(TestReplica.get(call.expected)));
				assertGrows(actual, kind);
				this.waiting.remove(call);
			}
			else {
				assertThat(call.actual).as("%s in%s", call.lease, this.story).isNotDone();
			}
		}
	}

	/** Of exclusive holders, which hold one after the other; a repeated call is equal. */
	private void assertGrows(Object result, LockKind kind) {
		if (kind != LockKind.SEMAPHORE && result instanceof AcquireResult.Held held
				&& held.lease().mode() == Mode.EXCLUSIVE) {
			assertThat(token(held.lease())).as(this.story.toString()).isGreaterThanOrEqualTo(this.lastWriter);
			this.lastWriter = token(held.lease());
		}
	}

	private static List<String> leases(List<Place> places) {
		return places.stream().map((place) -> place.mode() + " " + place.lease()).toList();
	}

	private static Object word(Object result) {
		if (result instanceof AcquireResult.Held held) {
			return "held " + held.lease().mode();
		}
		if (result instanceof MultiResult.Standing standing) {
			return standing.lease().state() + " " + standing.lease().locks();
		}
		if (result instanceof MultiResult.Ended ended) {
			return word(ended.why());
		}
		if (result instanceof AcquireResult.Refused refused) {
			return "refused by " + leases(refused.holders());
		}
		if (result instanceof RenewResult.Renewed renewed) {
			return "renewed " + renewed.lease().state() + renewed.lease().position();
		}
		return result;
	}

	private void same(CompletableFuture<?> expected, CompletableFuture<?> actual)
			throws InterruptedException, ExecutionException, Exception {
		assertThat((Object) TestReplica.get(actual)).as(this.story.toString()).isEqualTo(TestReplica.get(expected));
	}

	private LockQueues any() {
		return (this.random.nextBoolean() ? this.a : this.b).queues;
	}

	private Known fresh() {
		UUID id = new UUID(this.random.nextLong(), this.random.nextLong());
		int dice = this.random.nextInt(6);
		Known lease = new Known(id, (dice < 2) ? Mode.SHARED : Mode.EXCLUSIVE, dice == 2);
		this.leases.add(lease);
		return lease;
	}

	/** One of the last, which are the likeliest to be there still. */
	private Known known() {
		int size = this.leases.size();
		return (size == 0) ? fresh() : this.leases.get(size - 1 - this.random.nextInt(Math.min(size, 6)));
	}

	private void tell(String step, Object... values) {
		this.story.append("\n  ").append(step.formatted(values));
	}

	private record Known(UUID id, Mode mode, boolean several) {

		MultiClaim claim() {
			return new MultiClaim(this.id, null);
		}

	}

	private record Waiting(Known lease, boolean atA, CompletableFuture<?> expected, CompletableFuture<?> actual) {
	}

}
