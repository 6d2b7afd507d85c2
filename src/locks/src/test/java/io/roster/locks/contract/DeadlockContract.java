package io.roster.locks.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.roster.locks.AcquireRequest;
import io.roster.locks.AcquireResult;
import io.roster.locks.Deadlock;
import io.roster.locks.Mode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is done about owners who wait for each other.
 */
public abstract class DeadlockContract extends LockContract {

	private final String other = "lock-" + UUID.randomUUID();

	private final String ann = "ann-" + UUID.randomUUID();

	private final String ben = "ben-" + UUID.randomUUID();

	@Test
	void ownersWhoWaitForEachOtherAreToldUntilOneGivesUp() throws Exception {
		held(locks().acquire(wants(this.ann, this.lock, Duration.ZERO)));
		held(locks().acquire(wants(this.ben, this.other, Duration.ZERO)));
		AcquireRequest second = wants(this.ann, this.other, BOUND);
		CompletableFuture<AcquireResult> annWaits = locks().acquire(second);
		CompletableFuture<AcquireResult> benWaits = locks().acquire(wants(this.ben, this.lock, BOUND));
		awaitDeadlocks(List
			.of(new Deadlock(List.of(this.ann, this.ben), List.of(this.lock, this.other).stream().sorted().toList(),
					List.of(new Deadlock.Wait(this.ann, this.other, List.of(this.ben)),
							new Deadlock.Wait(this.ben, this.lock, List.of(this.ann))))));
		assertThat(annWaits).isNotDone();
		assertThat(benWaits).isNotDone();
		get(locks().release(this.other, second.lease()));
		assertThat(get(annWaits)).isInstanceOf(AcquireResult.Gone.class);
		awaitDeadlocks(List.of());
	}

	@Test
	void whoWouldCloseACycleIsRefusedIfItAsksSoAndLeavesNothingBehind() throws Exception {
		held(locks().acquire(wants(this.ann, this.lock, Duration.ZERO)));
		AcquireRequest held = wants(this.ben, this.other, Duration.ZERO);
		held(locks().acquire(held));
		CompletableFuture<AcquireResult> annWaits = locks().acquire(wants(this.ann, this.other, BOUND));
		awaitPlaces(this.other, 2);
		AcquireResult refused = get(locks().acquire(wants(this.ben, this.lock, BOUND).refusingDeadlocks()));
		assertThat(refused).isEqualTo(new AcquireResult.Deadlocked(
				new Deadlock(List.of(this.ben, this.ann), List.of(this.lock, this.other).stream().sorted().toList(),
						List.of(new Deadlock.Wait(this.ben, this.lock, List.of(this.ann)),
								new Deadlock.Wait(this.ann, this.other, List.of(this.ben))))));
		awaitPlaces(this.lock, 1);
		get(locks().release(this.other, held.lease()));
		held(annWaits);
	}

	@Test
	void anOwnerWhoWaitsForItselfIsNotToldButRefusedIfItAsksSo() throws Exception {
		held(locks().acquire(wants(this.ann, this.lock, Duration.ZERO)));
		assertThat(get(locks().acquire(wants(this.ann, this.lock, BOUND).refusingDeadlocks())))
			.isEqualTo(new AcquireResult.Deadlocked(new Deadlock(List.of(this.ann), List.of(this.lock),
					List.of(new Deadlock.Wait(this.ann, this.lock, List.of(this.ann))))));
		awaitPlaces(this.lock, 1);
		assertThat(told()).isEmpty();
	}

	@Test
	void whoAsksToBeRefusedWaitsWhereThereIsNoCycle() throws Exception {
		AcquireRequest first = wants(this.ann, this.lock, Duration.ZERO).refusingDeadlocks();
		held(locks().acquire(first));
		CompletableFuture<AcquireResult> waits = locks().acquire(wants(this.ben, this.lock, BOUND).refusingDeadlocks());
		awaitPlaces(this.lock, 2);
		get(locks().release(this.lock, first.lease()));
		held(waits);
	}

	@Test
	void readersWhoBothWantToWriteAreADeadlock() throws Exception {
		AcquireRequest reads = shared(this.ben);
		held(locks().acquire(shared(this.ann)));
		held(locks().acquire(reads));
		CompletableFuture<AcquireResult> annWrites = locks().acquire(wants(this.ann, this.lock, BOUND));
		awaitPlaces(this.lock, 3);
		AcquireResult refused = get(locks().acquire(wants(this.ben, this.lock, BOUND).refusingDeadlocks()));
		assertThat(refused).isInstanceOfSatisfying(AcquireResult.Deadlocked.class,
				(deadlocked) -> assertThat(deadlocked.cycle().owners()).first().isEqualTo(this.ben));
		awaitPlaces(this.lock, 3);
		assertThat(annWrites).isNotDone();
		get(locks().release(this.lock, reads.lease()));
	}

	private AcquireRequest wants(String owner, String lock, Duration wait) {
		return AcquireRequest.exclusive(lock, UUID.randomUUID(), owner, TTL, wait);
	}

	private AcquireRequest shared(String owner) {
		return new AcquireRequest(this.lock, UUID.randomUUID(), owner, Mode.SHARED, TTL, Duration.ZERO, Map.of(), null);
	}

	/** Other tests may have others. */
	private List<Deadlock> told() throws Exception {
		return get(locks().deadlocks()).deadlocks()
			.stream()
			.filter((deadlock) -> deadlock.owners().contains(this.ann) || deadlock.owners().contains(this.ben))
			.toList();
	}

	private void awaitDeadlocks(List<Deadlock> expected) {
		for (int replica = 0; replica < 2; replica++) {
			Awaitility.await()
				.pollInterval(Duration.ofMillis(20))
				.atMost(BOUND)
				.untilAsserted(() -> assertThat(told()).isEqualTo(expected));
		}
	}

	private void awaitPlaces(String lock, int places) {
		Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(BOUND).untilAsserted(() -> {
			var view = get(locks().view(lock));
			assertThat(view.holders().size() + view.waiters().size()).isEqualTo(places);
		});
	}

}
