package io.roster.locks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What any exclusive lock must do, whoever serves it. An implementation supplies itself;
 * one with several replicas gives another of them each time, where any will do.
 */
public abstract class LockContract {

	private static final Duration TTL = Duration.ofSeconds(30);

	private static final Duration BOUND = Duration.ofSeconds(30);

	private final String lock = "lock-" + UUID.randomUUID();

	/**
	 * The implementation, a replica of it.
	 * @return a replica
	 */
	protected abstract Locks locks();

	@Test
	void aFreeLockIsHeldAtOnce() throws Exception {
		UUID id = UUID.randomUUID();
		Lease lease = held(locks().acquire(request(id, Duration.ZERO)));
		assertThat(lease.lock()).isEqualTo(this.lock);
		assertThat(lease.lease()).isEqualTo(id.toString());
		assertThat(lease.owner()).isEqualTo("alice");
		assertThat(lease.mode()).isEqualTo(Mode.EXCLUSIVE);
		assertThat(lease.position()).isZero();
		assertThat(lease.fencingToken()).matches("\\d+");
		assertThat(lease.ttl()).isEqualTo("30s");
		assertThat(lease.expiresInMs()).isBetween(20_000L, 30_000L);
	}

	@Test
	void aWaiterIsGrantedWhenTheHolderGivesBack() throws Exception {
		UUID first = UUID.randomUUID();
		Lease held = held(locks().acquire(request(first, Duration.ZERO)));
		CompletableFuture<AcquireResult> waiter = locks().acquire(request(UUID.randomUUID(), BOUND));
		awaitQueue(2);
		assertThat(waiter).isNotDone();
		assertThat(get(locks().release(this.lock, first))).isEqualTo(ReleaseResult.RELEASED);
		Lease next = held(waiter);
		assertThat(token(next)).isGreaterThan(token(held));
	}

	@Test
	void waitersAreGrantedInTheOrderOfTheirArrival() throws Exception {
		List<UUID> order = Collections.synchronizedList(new ArrayList<>());
		List<UUID> arrivals = new ArrayList<>();
		List<CompletableFuture<ReleaseResult>> turns = new ArrayList<>();
		UUID first = UUID.randomUUID();
		held(locks().acquire(request(first, Duration.ZERO)));
		for (int i = 0; i < 8; i++) {
			UUID id = UUID.randomUUID();
			arrivals.add(id);
			turns.add(locks().acquire(request(id, BOUND)).thenCompose((result) -> {
				assertThat(result).isInstanceOf(AcquireResult.Held.class);
				order.add(id);
				return locks().release(this.lock, id);
			}));
			awaitQueue(i + 2);
		}
		get(locks().release(this.lock, first));
		for (CompletableFuture<ReleaseResult> turn : turns) {
			assertThat(get(turn)).isEqualTo(ReleaseResult.RELEASED);
		}
		assertThat(order).isEqualTo(arrivals);
	}

	@Test
	void whoDoesNotWaitIsToldTheHoldersAndLeavesNothingBehind() throws Exception {
		UUID holder = UUID.randomUUID();
		held(locks().acquire(request(holder, Duration.ZERO)));
		AcquireResult refused = get(locks().acquire(request(UUID.randomUUID(), Duration.ZERO)));
		assertThat(refused).isInstanceOfSatisfying(AcquireResult.Refused.class, (answer) -> {
			assertThat(answer.holders()).singleElement().satisfies((place) -> {
				assertThat(place.lease()).isEqualTo(holder.toString());
				assertThat(place.owner()).isEqualTo("alice");
				assertThat(place.state()).isEqualTo(LeaseState.HELD);
			});
		});
		awaitQueue(1);
	}

	@Test
	void aPlaceIsKeptWhenTheWaitHasPassedAndTheSameCallGoesOnInIt() throws Exception {
		UUID first = UUID.randomUUID();
		UUID second = UUID.randomUUID();
		held(locks().acquire(request(first, Duration.ZERO)));
		Lease waiting = waiting(locks().acquire(request(second, Duration.ofMillis(100))));
		assertThat(waiting.position()).isOne();
		assertThat(waiting.fencingToken()).isNull();
		assertThat(waiting.expiresInMs()).isBetween(20_000L, 30_000L);
		CompletableFuture<AcquireResult> third = locks().acquire(request(UUID.randomUUID(), BOUND));
		awaitQueue(3);
		CompletableFuture<AcquireResult> again = locks().acquire(request(second, BOUND));
		get(locks().release(this.lock, first));
		held(again);
		assertThat(third).isNotDone();
		awaitQueue(2);
		get(locks().release(this.lock, second));
		held(third);
	}

	@Test
	void theSameCallAgainIsTheSameLease() throws Exception {
		UUID id = UUID.randomUUID();
		Lease lease = held(locks().acquire(request(id, Duration.ZERO)));
		Lease again = held(locks().acquire(request(id, Duration.ZERO)));
		assertThat(again.fencingToken()).isEqualTo(lease.fencingToken());
		awaitQueue(1);
	}

	@Test
	void twoCallsAtOnceAreOneLease() throws Exception {
		UUID first = UUID.randomUUID();
		UUID id = UUID.randomUUID();
		held(locks().acquire(request(first, Duration.ZERO)));
		CompletableFuture<AcquireResult> one = locks().acquire(request(id, BOUND));
		CompletableFuture<AcquireResult> two = locks().acquire(request(id, BOUND));
		awaitQueue(2);
		get(locks().release(this.lock, first));
		assertThat(held(one).fencingToken()).isEqualTo(held(two).fencingToken());
		get(locks().release(this.lock, id));
		awaitQueue(0);
	}

	@Test
	void aRenewalKeepsTheTokenAndWaitersStayWaiting() throws Exception {
		UUID first = UUID.randomUUID();
		UUID second = UUID.randomUUID();
		Lease lease = held(locks().acquire(request(first, Duration.ZERO)));
		waiting(locks().acquire(request(second, Duration.ofMillis(1))));
		assertThat(renewed(locks().renew(this.lock, first, lease.fencingToken())).fencingToken())
			.isEqualTo(lease.fencingToken());
		assertThat(renewed(locks().renew(this.lock, first, null)).state()).isEqualTo(LeaseState.HELD);
		Lease waiter = renewed(locks().renew(this.lock, second, null));
		assertThat(waiter.state()).isEqualTo(LeaseState.WAITING);
		assertThat(waiter.fencingToken()).isNull();
	}

	@Test
	void aRenewalOfNothingIsGone() throws Exception {
		UUID id = UUID.randomUUID();
		assertThat(get(locks().renew(this.lock, id, null))).isInstanceOf(RenewResult.Gone.class);
		held(locks().acquire(request(id, Duration.ZERO)));
		get(locks().release(this.lock, id));
		assertThat(get(locks().renew(this.lock, id, null))).isInstanceOf(RenewResult.Gone.class);
	}

	@Test
	void aRenewalWithAnotherTokenIsGone() throws Exception {
		UUID id = UUID.randomUUID();
		Lease lease = held(locks().acquire(request(id, Duration.ZERO)));
		String older = Long.toString(token(lease) - 1);
		assertThat(get(locks().renew(this.lock, id, older))).isInstanceOf(RenewResult.Gone.class);
	}

	@Test
	void aSecondReleaseFindsNothing() throws Exception {
		UUID id = UUID.randomUUID();
		assertThat(get(locks().release(this.lock, id))).isEqualTo(ReleaseResult.GONE);
		held(locks().acquire(request(id, Duration.ZERO)));
		assertThat(get(locks().release(this.lock, id))).isEqualTo(ReleaseResult.RELEASED);
		assertThat(get(locks().release(this.lock, id))).isEqualTo(ReleaseResult.GONE);
	}

	@Test
	void aWaiterThatGivesUpItsPlaceIsPassedOver() throws Exception {
		UUID first = UUID.randomUUID();
		UUID second = UUID.randomUUID();
		held(locks().acquire(request(first, Duration.ZERO)));
		CompletableFuture<AcquireResult> waiter = locks().acquire(request(second, BOUND));
		awaitQueue(2);
		CompletableFuture<AcquireResult> third = locks().acquire(request(UUID.randomUUID(), BOUND));
		awaitQueue(3);
		assertThat(get(locks().release(this.lock, second))).isEqualTo(ReleaseResult.RELEASED);
		assertThat(get(waiter)).isInstanceOf(AcquireResult.Gone.class);
		get(locks().release(this.lock, first));
		held(third);
	}

	@Test
	void aLeaseThatNobodyRenewsExpiresAndTheNextIsGranted() throws Exception {
		UUID id = UUID.randomUUID();
		long start = System.nanoTime();
		held(locks().acquire(request(id, Duration.ofSeconds(1), Duration.ZERO)));
		held(locks().acquire(request(UUID.randomUUID(), BOUND)));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
		assertThat(get(locks().renew(this.lock, id, null))).isInstanceOf(RenewResult.Gone.class);
		assertThat(get(locks().release(this.lock, id))).isEqualTo(ReleaseResult.GONE);
	}

	@Test
	void aWaiterIsKeptBeyondItsTtlAndWhoIsGoneIsNot() throws Exception {
		UUID first = UUID.randomUUID();
		held(locks().acquire(request(first, Duration.ZERO)));
		UUID gone = UUID.randomUUID();
		waiting(locks().acquire(request(gone, Duration.ofSeconds(3), Duration.ofMillis(10))));
		CompletableFuture<AcquireResult> waiter = locks()
			.acquire(request(UUID.randomUUID(), Duration.ofSeconds(3), BOUND));
		awaitQueue(3);
		awaitQueue(2);
		get(locks().release(this.lock, first));
		held(waiter);
	}

	@Test
	void aQueueShowsWhoHoldsAndWhoWaits() throws Exception {
		UUID first = UUID.randomUUID();
		UUID second = UUID.randomUUID();
		Lease lease = held(locks().acquire(request(first, Duration.ZERO)));
		waiting(locks().acquire(request(second, Duration.ofMillis(1))));
		awaitQueue(2);
		LockView view = get(locks().view(this.lock));
		assertThat(view.name()).isEqualTo(this.lock);
		assertThat(view.kind()).isEqualTo(LockKind.MUTEX);
		assertThat(view.permits()).isOne();
		assertThat(view.holders()).singleElement().satisfies((place) -> {
			assertThat(place.lease()).isEqualTo(first.toString());
			assertThat(place.fencingToken()).isEqualTo(lease.fencingToken());
			assertThat(place.client()).isEqualTo(ClientKind.REST);
		});
		assertThat(view.waiters()).singleElement().satisfies((place) -> {
			assertThat(place.lease()).isEqualTo(second.toString());
			assertThat(place.position()).isOne();
			assertThat(place.fencingToken()).isNull();
			assertThat(place.owner()).isEqualTo("alice");
		});
		assertThat(locks().locks().locks()).contains(new LockSummary(this.lock, LockKind.MUTEX, 1, 1));
	}

	@Test
	void aLockThatNobodyUsesHasAnEmptyQueue() throws Exception {
		LockView view = get(locks().view(this.lock));
		assertThat(view.holders()).isEmpty();
		assertThat(view.waiters()).isEmpty();
	}

	@Test
	void aLeaseCanBeFoundUntilItIsGone() throws Exception {
		UUID id = UUID.randomUUID();
		assertThat(get(locks().find(this.lock, id))).isEmpty();
		Lease lease = held(locks().acquire(request(id, Duration.ZERO)));
		assertThat(get(locks().find(this.lock, id))).hasValueSatisfying((found) -> {
			assertThat(found.state()).isEqualTo(LeaseState.HELD);
			assertThat(found.fencingToken()).isEqualTo(lease.fencingToken());
			assertThat(found.owner()).isEqualTo("alice");
			assertThat(found.expiresInMs()).isLessThanOrEqualTo(30_000);
		});
		get(locks().release(this.lock, id));
		assertThat(get(locks().find(this.lock, id))).isEmpty();
	}

	@Test
	void onlyOneHoldsAtATime() throws Exception {
		int[] counter = { 0 };
		int turns = 15;
		List<CompletableFuture<Void>> clients = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			clients.add(CompletableFuture.runAsync(() -> count(counter, turns), (task) -> new Thread(task).start()));
		}
		for (CompletableFuture<Void> client : clients) {
			client.get(60, TimeUnit.SECONDS);
		}
		assertThat(counter[0]).isEqualTo(8 * turns);
		awaitQueue(0);
	}

	private void count(int[] counter, int turns) {
		try {
			for (int turn = 0; turn < turns; turn++) {
				UUID id = UUID.randomUUID();
				held(locks().acquire(request(id, Duration.ofSeconds(30))));
				int before = counter[0];
				Thread.onSpinWait();
				counter[0] = before + 1;
				assertThat(get(locks().release(this.lock, id))).isEqualTo(ReleaseResult.RELEASED);
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a/b", ".", "..", "zookeeper", "a\u0000b", "a\nb" })
	void aNameThatIsNoPathSegmentIsRefused(String name) {
		assertThatThrownBy(
				() -> locks().acquire(AcquireRequest.exclusive(name, UUID.randomUUID(), "alice", TTL, Duration.ZERO)))
			.isInstanceOfSatisfying(InvalidLockRequestException.class,
					(refused) -> assertThat(refused.field()).isEqualTo("lock"));
	}

	@Test
	void whatIsOutsideOfTheLimitsIsRefusedWithItsField() {
		assertRefused("ttl", request(UUID.randomUUID(), Duration.ofMillis(999), Duration.ZERO));
		assertRefused("ttl", request(UUID.randomUUID(), Duration.ofHours(25), Duration.ZERO));
		assertRefused("wait", request(UUID.randomUUID(), Duration.ofMinutes(6)));
		assertRefused("wait", request(UUID.randomUUID(), Duration.ofMillis(-1)));
		assertRefused("metadata", new AcquireRequest(this.lock, UUID.randomUUID(), "alice", Mode.EXCLUSIVE, TTL,
				Duration.ZERO, Map.of("key", "x".repeat(5000))));
	}

	private void assertRefused(String field, AcquireRequest request) {
		assertThatThrownBy(() -> locks().acquire(request)).isInstanceOfSatisfying(InvalidLockRequestException.class,
				(refused) -> assertThat(refused.field()).isEqualTo(field));
	}

	private AcquireRequest request(UUID id, Duration wait) {
		return request(id, TTL, wait);
	}

	private AcquireRequest request(UUID id, Duration ttl, Duration wait) {
		return AcquireRequest.exclusive(this.lock, id, "alice", ttl, wait);
	}

	private int queue() throws Exception {
		LockView view = get(locks().view(this.lock));
		return view.holders().size() + view.waiters().size();
	}

	private void awaitQueue(int places) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(BOUND)
			.untilAsserted(() -> assertThat(queue()).isEqualTo(places));
	}

	private static long token(Lease lease) {
		return Long.parseLong(String.valueOf(lease.fencingToken()));
	}

	private static Lease held(CompletableFuture<AcquireResult> result) throws Exception {
		return Results.held(get(result));
	}

	private static Lease waiting(CompletableFuture<AcquireResult> result) throws Exception {
		return Results.waiting(get(result));
	}

	private static Lease renewed(CompletableFuture<RenewResult> result) throws Exception {
		return Results.renewed(get(result));
	}

	private static <T> T get(CompletableFuture<T> future)
			throws InterruptedException, ExecutionException, TimeoutException {
		return future.get(40, TimeUnit.SECONDS);
	}

}
