package io.roster.locks.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.roster.locks.AcquireRequest;
import io.roster.locks.AcquireResult;
import io.roster.locks.EndResult;
import io.roster.locks.LeaseState;
import io.roster.locks.LockKind;
import io.roster.locks.LockView;
import io.roster.locks.Mode;
import io.roster.locks.MultiClaim;
import io.roster.locks.MultiLease;
import io.roster.locks.MultiRequest;
import io.roster.locks.MultiResult;
import io.roster.locks.Place;
import io.roster.locks.ReleaseResult;
import org.assertj.core.api.ThrowingConsumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What several locks at once must do: all of them or none.
 */
public abstract class MultiContract extends LockContract {

	private static final MultiResult GONE = new MultiResult.Ended(new AcquireResult.Gone());

	private final String other = "a-" + this.lock;

	private final UUID id = UUID.randomUUID();

	@Test
	void whatIsFreeIsHeldAtOnceWithOneToken() throws Exception {
		MultiLease lease = standing(locks().acquire(both(this.id, Duration.ZERO)), LeaseState.HELD);
		assertThat(lease.lease()).isEqualTo(this.id.toString());
		assertThat(lease.owner()).isEqualTo("alice");
		assertThat(lease.locks()).containsExactly(this.lock, this.other);
		assertThat(lease.fencingToken()).matches("\\d+");
		assertThat(lease.ttl()).isEqualTo("30s");
		assertThat(lease.expiresInMs()).isBetween(1L, 30_000L);
		for (String name : lease.locks()) {
			awaitView(name, (view) -> assertThat(view.holders()).singleElement().satisfies((place) -> {
				assertThat(place.lease()).isEqualTo(this.id.toString());
				assertThat(place.fencingToken()).isEqualTo(lease.fencingToken());
				assertThat(place.owner()).isEqualTo("alice");
				assertThat(place.node()).contains("_c_" + this.id + "-lock-");
			}));
		}
	}

	@Test
	void whereOneIsNotFreeNothingIsLeftBehind() throws Exception {
		UUID holder = UUID.randomUUID();
		held(locks().acquire(exclusive(holder, Duration.ZERO)));
		MultiResult refused = get(locks().acquire(both(this.id, Duration.ZERO)));
		assertThat(refused).isInstanceOfSatisfying(MultiResult.Ended.class,
				(ended) -> assertThat(ended.why()).isInstanceOfSatisfying(AcquireResult.Refused.class,
						(why) -> assertThat(why.holders()).singleElement()
							.extracting(Place::lease)
							.isEqualTo(holder.toString())));
		awaitPlaces(this.lock, 1);
		awaitPlaces(this.other, 0);
		assertThat(get(locks().find(claim(this.id)))).isEqualTo(GONE);
	}

	@Test
	void itWaitsForAllAndIsBehindWhoWasThereAndInFrontOfWhoCameLater() throws Exception {
		UUID first = UUID.randomUUID();
		UUID second = UUID.randomUUID();
		held(locks().acquire(exclusive(first, Duration.ZERO)));
		held(locks().acquire(single(this.other, second, Duration.ZERO)));
		CompletableFuture<MultiResult> both = locks().acquire(both(this.id, BOUND));
		awaitPlaces(this.lock, 2);
		awaitPlaces(this.other, 2);
		UUID late = UUID.randomUUID();
		CompletableFuture<AcquireResult> behind = locks().acquire(single(this.other, late, BOUND));
		awaitPlaces(this.other, 3);
		get(locks().release(this.other, second));
		awaitPlaces(this.other, 2);
		assertThat(both).isNotDone();
		assertThat(behind).isNotDone();
		get(locks().release(this.lock, first));
		standing(both, LeaseState.HELD);
		assertThat(behind).isNotDone();
		assertThat(get(locks().release(claim(this.id)))).isEqualTo(ReleaseResult.RELEASED);
		held(behind);
		awaitPlaces(this.lock, 0);
	}

	@Test
	void theSameCallAgainIsTheSameLeaseInAnyOrder() throws Exception {
		MultiLease lease = standing(locks().acquire(both(this.id, Duration.ZERO)), LeaseState.HELD);
		MultiLease again = standing(locks().acquire(request(this.id, TTL, BOUND, this.other, this.lock)),
				LeaseState.HELD);
		assertThat(again.fencingToken()).isEqualTo(lease.fencingToken());
		awaitPlaces(this.lock, 1);
		awaitPlaces(this.other, 1);
	}

	@Test
	void thePlacesAreKeptWhenTheWaitHasPassed() throws Exception {
		UUID first = UUID.randomUUID();
		held(locks().acquire(exclusive(first, Duration.ZERO)));
		MultiLease waiting = standing(locks().acquire(both(this.id, Duration.ofMillis(50))), LeaseState.WAITING);
		assertThat(waiting.fencingToken()).isNull();
		assertThat(standing(locks().find(claim(this.id)), LeaseState.WAITING).locks()).hasSize(2);
		assertThat(standing(locks().renew(claim(this.id), null), LeaseState.WAITING).fencingToken()).isNull();
		CompletableFuture<MultiResult> again = locks().acquire(both(this.id, BOUND));
		get(locks().release(this.lock, first));
		standing(again, LeaseState.HELD);
	}

	@Test
	void itIsRenewedFoundAndGivenBackByItsIdAlone() throws Exception {
		MultiLease lease = standing(locks().acquire(both(this.id, Duration.ZERO)), LeaseState.HELD);
		for (String token : new @Nullable String[] { lease.fencingToken(), null }) {
			MultiLease renewed = standing(locks().renew(claim(this.id), token), LeaseState.HELD);
			assertThat(renewed.fencingToken()).isEqualTo(lease.fencingToken());
			assertThat(renewed.locks()).containsExactlyElementsOf(lease.locks());
		}
		MultiLease found = standing(locks().find(claim(this.id)), LeaseState.HELD);
		assertThat(found.fencingToken()).isEqualTo(lease.fencingToken());
		assertThat(get(locks().release(claim(this.id)))).isEqualTo(ReleaseResult.RELEASED);
		assertThat(get(locks().release(claim(this.id)))).isEqualTo(ReleaseResult.GONE);
		assertThat(get(locks().renew(claim(this.id), lease.fencingToken()))).isEqualTo(GONE);
		assertThat(get(locks().find(claim(this.id)))).isEqualTo(GONE);
		awaitPlaces(this.lock, 0);
		awaitPlaces(this.other, 0);
	}

	@Test
	void whoGivesUpItsPlacesIsToldSoAndLetsOthersPass() throws Exception {
		UUID first = UUID.randomUUID();
		held(locks().acquire(exclusive(first, Duration.ZERO)));
		CompletableFuture<MultiResult> both = locks().acquire(both(this.id, BOUND));
		awaitPlaces(this.other, 1);
		CompletableFuture<AcquireResult> behind = locks().acquire(single(this.other, UUID.randomUUID(), BOUND));
		awaitPlaces(this.other, 2);
		assertThat(get(locks().release(claim(this.id)))).isEqualTo(ReleaseResult.RELEASED);
		assertThat(get(both)).isEqualTo(GONE);
		held(behind);
	}

	@Test
	void oneThatNobodyRenewsExpiresAsAWhole() throws Exception {
		standing(locks().acquire(request(this.id, Duration.ofSeconds(1), Duration.ZERO, this.lock, this.other)),
				LeaseState.HELD);
		CompletableFuture<AcquireResult> one = locks().acquire(exclusive(UUID.randomUUID(), BOUND));
		CompletableFuture<AcquireResult> two = locks().acquire(single(this.other, UUID.randomUUID(), BOUND));
		held(one);
		held(two);
		assertThat(get(locks().renew(claim(this.id), null))).isEqualTo(GONE);
		assertThat(get(locks().release(claim(this.id)))).isEqualTo(ReleaseResult.GONE);
	}

	@Test
	void itTakesAPermitOfASemaphoreAndWritesWhereOthersRead() throws Exception {
		get(locks().declare(this.lock, LockKind.SEMAPHORE, 2));
		get(locks().declare(this.other, LockKind.READ_WRITE));
		held(locks().acquire(exclusive(UUID.randomUUID(), Duration.ZERO)));
		UUID reader = UUID.randomUUID();
		held(locks()
			.acquire(new AcquireRequest(this.other, reader, "alice", Mode.SHARED, TTL, Duration.ZERO, Map.of(), null)));
		CompletableFuture<MultiResult> both = locks().acquire(both(this.id, BOUND));
		awaitPlaces(this.lock, 2);
		awaitPlaces(this.other, 2);
		assertThat(both).isNotDone();
		get(locks().release(this.other, reader));
		standing(both, LeaseState.HELD);
		assertThat(get(locks().acquire(exclusive(UUID.randomUUID(), Duration.ZERO))))
			.isInstanceOf(AcquireResult.Refused.class);
	}

	@Test
	void thoseThatCrossNeverWaitForEachOtherInACircle() throws Exception {
		int[] counters = new int[2];
		List<CompletableFuture<Void>> clients = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			String[] names = (i % 2 == 0) ? new String[] { this.lock, this.other }
					: new String[] { this.other, this.lock };
			clients.add(CompletableFuture.runAsync(() -> count(counters, names), (task) -> new Thread(task).start()));
		}
		for (CompletableFuture<Void> client : clients) {
			client.get(120, TimeUnit.SECONDS);
		}
		assertThat(counters).containsExactly(6 * 8, 6 * 8);
		awaitPlaces(this.lock, 0);
		awaitPlaces(this.other, 0);
	}

	private void count(int[] counters, String[] names) {
		try {
			for (int i = 0; i < 8; i++) {
				UUID lease = UUID.randomUUID();
				standing(locks().acquire(request(lease, TTL, BOUND, names)), LeaseState.HELD);
				int one = counters[0];
				int two = counters[1];
				Thread.onSpinWait();
				counters[0] = one + 1;
				counters[1] = two + 1;
				get(locks().release(claim(lease)));
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void itBelongsToWhoMadeIt() throws Exception {
		MultiRequest mine = both(this.id, Duration.ZERO).by(PrincipalContract.OWNER);
		MultiClaim theirs = new MultiClaim(this.id, PrincipalContract.STRANGER);
		MultiResult notYours = new MultiResult.Ended(new AcquireResult.NotYours());
		standing(locks().acquire(mine), LeaseState.HELD);
		assertThat(get(locks().acquire(mine.by(PrincipalContract.STRANGER)))).isEqualTo(notYours);
		assertThat(get(locks().renew(theirs, null))).isEqualTo(notYours);
		assertThat(get(locks().find(theirs))).isEqualTo(notYours);
		assertThat(get(locks().release(theirs))).isEqualTo(ReleaseResult.NOT_YOURS);
		standing(locks().renew(mine.claim(), null), LeaseState.HELD);
		assertThat(get(locks().release(mine.claim()))).isEqualTo(ReleaseResult.RELEASED);
	}

	@Test
	void anOperatorEndsItAsAWhole() throws Exception {
		standing(locks().acquire(both(this.id, Duration.ZERO)), LeaseState.HELD);
		assertThat(get(locks().force(this.lock, this.id, "hangs"))).isEqualTo(EndResult.DONE);
		awaitPlaces(this.other, 0);
		assertThat(get(locks().renew(claim(this.id), null))).isEqualTo(GONE);
		UUID second = UUID.randomUUID();
		standing(locks().acquire(both(second, Duration.ZERO)), LeaseState.HELD);
		assertThat(get(locks().revoke(this.lock, second, "maintenance"))).isEqualTo(EndResult.DONE);
		assertThat(get(locks().renew(claim(second), null)))
			.isEqualTo(new MultiResult.Ended(new AcquireResult.Revoked("maintenance")));
		assertThat(get(locks().release(claim(second)))).isEqualTo(ReleaseResult.RELEASED);
	}

	@Test
	void itIsNoLeaseOfOneOfItsLocksAndTheOtherWayRound() throws Exception {
		standing(locks().acquire(both(this.id, Duration.ZERO)), LeaseState.HELD);
		assertThat(refusal(() -> locks().renew(this.lock, this.id, null)).field()).isEqualTo("lease");
		assertThat(refusal(() -> locks().release(this.lock, this.id)).field()).isEqualTo("lease");
		assertThat(refusal(() -> locks().find(this.other, this.id)).field()).isEqualTo("lease");
		assertThat(refusal(() -> locks().acquire(exclusive(this.id, Duration.ZERO))).field()).isEqualTo("lease");
		assertThat(refusal(() -> locks().acquire(request(this.id, TTL, BOUND, this.other, this.other + "-2"))).field())
			.isEqualTo("lease");
		standing(locks().renew(claim(this.id), null), LeaseState.HELD);
		get(locks().release(claim(this.id)));
		UUID one = UUID.randomUUID();
		held(locks().acquire(single(this.other, one, Duration.ZERO)));
		assertThat(refusal(() -> locks().acquire(both(one, Duration.ZERO))).field()).isEqualTo("lease");
		awaitPlaces(this.lock, 0);
	}

	@Test
	void namesThatCannotBeAreRefused() throws Exception {
		List<String[]> wrong = List.of(new String[0], new String[] { this.lock, this.lock }, new String[] { "a/b" },
				IntStream.range(0, MultiRequest.MAX_LOCKS + 1)
					.mapToObj((number) -> this.lock + number)
					.toArray(String[]::new));
		for (String[] names : wrong) {
			assertThat(refusal(() -> locks().acquire(request(this.id, TTL, BOUND, names))).field()).isEqualTo("locks");
		}
		assertThat(refusal(() -> locks().acquire(request(this.id, Duration.ofMillis(1), BOUND, this.lock))).field())
			.isEqualTo("ttl");
	}

	private MultiRequest both(UUID lease, Duration wait) {
		return request(lease, TTL, wait, this.lock, this.other);
	}

	private static MultiRequest request(UUID lease, Duration ttl, Duration wait, String... names) {
		return new MultiRequest(lease, "alice", List.of(names), ttl, wait, Map.of(), null);
	}

	private static AcquireRequest single(String name, UUID lease, Duration wait) {
		return AcquireRequest.exclusive(name, lease, "alice", TTL, wait);
	}

	private static MultiClaim claim(UUID lease) {
		return new MultiClaim(lease, null);
	}

	private static MultiLease standing(CompletableFuture<MultiResult> result, LeaseState state) throws Exception {
		return Results.standing(get(result), state);
	}

	private void awaitPlaces(String name, int places) {
		awaitView(name, (view) -> assertThat(view.holders().size() + view.waiters().size()).isEqualTo(places));
	}

	private void awaitView(String name, ThrowingConsumer<LockView> assertions) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(BOUND)
			.untilAsserted(() -> assertThat(get(locks().view(name))).satisfies(assertions));
	}

}
