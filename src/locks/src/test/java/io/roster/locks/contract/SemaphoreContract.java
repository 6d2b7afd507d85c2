package io.roster.locks.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.roster.locks.AcquireRequest;
import io.roster.locks.AcquireResult;
import io.roster.locks.DeclareResult;
import io.roster.locks.Lease;
import io.roster.locks.LockKind;
import io.roster.locks.LockSummary;
import io.roster.locks.Mode;
import io.roster.locks.Place;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What any semaphore must do.
 */
public abstract class SemaphoreContract extends LockContract {

	private static final int PERMITS = 3;

	private final List<UUID> ids = new ArrayList<>();

	@BeforeEach
	void declare() throws Exception {
		declared(PERMITS);
	}

	@Test
	void asManyHoldItAsItHasPermitsWithUniqueTokens() throws Exception {
		Set<String> tokens = new HashSet<>();
		for (int i = 0; i < PERMITS; i++) {
			tokens.add(held(locks().acquire(exclusive(id(), Duration.ZERO))).fencingToken());
		}
		assertThat(tokens).hasSize(PERMITS).doesNotContainNull();
		AcquireResult refused = get(locks().acquire(exclusive(id(), Duration.ZERO)));
		assertThat(refused).isInstanceOfSatisfying(AcquireResult.Refused.class,
				(answer) -> assertThat(answer.holders()).hasSize(PERMITS));
		awaitView((view) -> {
			assertThat(view.kind()).isEqualTo(LockKind.SEMAPHORE);
			assertThat(view.permits()).isEqualTo(PERMITS);
			assertThat(view.holders()).extracting(Place::position).containsOnly(0);
			assertThat(view.holders()).extracting(Place::node)
				.allSatisfy((node) -> assertThat(node).contains("-lock-"));
			assertThat(view.waiters()).isEmpty();
		});
		awaitSummary(new LockSummary(this.lock, LockKind.SEMAPHORE, PERMITS, 0));
	}

	@Test
	void waitersAreGrantedInTheirOrderAsPlacesAreGivenBack() throws Exception {
		List<CompletableFuture<AcquireResult>> calls = new ArrayList<>();
		for (int i = 0; i < PERMITS + 3; i++) {
			calls.add(locks().acquire(exclusive(id(), BOUND)));
			awaitQueue(i + 1);
		}
		for (int i = 0; i < PERMITS; i++) {
			held(calls.get(i));
		}
		assertThat(calls.subList(PERMITS, calls.size())).noneMatch(CompletableFuture::isDone);
		get(locks().release(this.lock, this.ids.get(1)));
		held(calls.get(PERMITS));
		assertThat(calls.subList(PERMITS + 1, calls.size())).noneMatch(CompletableFuture::isDone);
		// One that waits gives up; one that holds gives back.
		get(locks().release(this.lock, this.ids.get(PERMITS + 1)));
		assertThat(get(calls.get(PERMITS + 1))).isInstanceOf(AcquireResult.Gone.class);
		awaitQueue(PERMITS + 1);
		assertThat(calls.get(PERMITS + 2)).isNotDone();
		get(locks().release(this.lock, this.ids.get(0)));
		held(calls.get(PERMITS + 2));
	}

	@Test
	void itIsTakenInEitherModeAndTheLeaseKeepsIt() throws Exception {
		UUID sharing = id();
		assertThat(held(locks().acquire(shared(sharing, Duration.ZERO))).mode()).isEqualTo(Mode.SHARED);
		assertThat(held(locks().acquire(exclusive(id(), Duration.ZERO))).mode()).isEqualTo(Mode.EXCLUSIVE);
		held(locks().acquire(shared(id(), Duration.ZERO)));
		assertThat(get(locks().acquire(shared(id(), Duration.ZERO)))).isInstanceOf(AcquireResult.Refused.class);
		assertThat(renewed(locks().renew(this.lock, sharing, null)).mode()).isEqualTo(Mode.SHARED);
		assertThat(Results.found(get(locks().find(this.lock, sharing))).mode()).isEqualTo(Mode.SHARED);
		assertThat(get(locks().acquire(exclusive(sharing, Duration.ZERO))))
			.isEqualTo(new AcquireResult.OtherMode(Mode.SHARED));
		awaitView((view) -> assertThat(view.holders()).extracting(Place::mode)
			.containsExactly(Mode.SHARED, Mode.EXCLUSIVE, Mode.SHARED));
	}

	@Test
	void everyHolderRenewsAndIsFoundAsAHolder() throws Exception {
		for (int i = 0; i < PERMITS; i++) {
			Lease lease = held(locks().acquire(exclusive(id(), Duration.ZERO)));
			// Without the token, so that the replica must know how many hold.
			assertThat(renewed(locks().renew(this.lock, this.ids.get(i), null)).fencingToken())
				.isEqualTo(lease.fencingToken());
			assertThat(Results.found(get(locks().find(this.lock, this.ids.get(i)))).fencingToken())
				.isEqualTo(lease.fencingToken());
		}
		UUID late = id();
		waiting(locks().acquire(exclusive(late, Duration.ofMillis(1))));
		assertThat(renewed(locks().renew(this.lock, late, null)).position()).isEqualTo(PERMITS);
	}

	@Test
	void morePermitsLetWaitersInAtOnce() throws Exception {
		for (int i = 0; i < PERMITS; i++) {
			held(locks().acquire(exclusive(id(), Duration.ZERO)));
		}
		CompletableFuture<AcquireResult> first = locks().acquire(exclusive(id(), BOUND));
		awaitQueue(PERMITS + 1);
		CompletableFuture<AcquireResult> second = locks().acquire(exclusive(id(), BOUND));
		awaitQueue(PERMITS + 2);
		declared(PERMITS + 1);
		held(first);
		assertThat(second).isNotDone();
		declared(PERMITS + 5);
		held(second);
		awaitView((view) -> assertThat(view.permits()).isEqualTo(PERMITS + 5));
	}

	@Test
	void fewerPermitsAndOtherKindsAreForTheTimeWhenNobodyUsesIt() throws Exception {
		UUID holder = id();
		held(locks().acquire(exclusive(holder, Duration.ZERO)));
		DeclareResult inUse = new DeclareResult.InUse(LockKind.SEMAPHORE, PERMITS);
		assertThat(get(locks().declare(this.lock, LockKind.SEMAPHORE, PERMITS - 1))).isEqualTo(inUse);
		assertThat(get(locks().declare(this.lock, LockKind.MUTEX))).isEqualTo(inUse);
		declared(PERMITS);
		get(locks().release(this.lock, holder));
		declared(1);
		held(locks().acquire(exclusive(id(), Duration.ZERO)));
		assertThat(get(locks().acquire(exclusive(id(), Duration.ZERO)))).isInstanceOf(AcquireResult.Refused.class);
	}

	@Test
	void aMutexInUseDoesNotBecomeOne() throws Exception {
		String mutex = "lock-" + UUID.randomUUID();
		get(locks().declare(mutex, LockKind.MUTEX));
		UUID holder = id();
		held(locks().acquire(AcquireRequest.exclusive(mutex, holder, "alice", TTL, BOUND)));
		assertThat(get(locks().declare(mutex, LockKind.SEMAPHORE, PERMITS)))
			.isEqualTo(new DeclareResult.InUse(LockKind.MUTEX, 1));
	}

	@Test
	void aHolderThatIsGoneLetsTheNextIn() throws Exception {
		held(locks().acquire(exclusive(id(), Duration.ofSeconds(1), Duration.ZERO)));
		for (int i = 1; i < PERMITS; i++) {
			held(locks().acquire(exclusive(id(), Duration.ZERO)));
		}
		held(locks().acquire(exclusive(id(), BOUND)));
	}

	@Test
	void neverMoreHoldItThanItHasPermits() throws Exception {
		AtomicInteger holders = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		int turns = 8;
		List<CompletableFuture<Void>> clients = new ArrayList<>();
		for (int i = 0; i < 3 * PERMITS; i++) {
			clients
				.add(CompletableFuture.runAsync(() -> hold(holders, most, turns), (task) -> new Thread(task).start()));
		}
		for (CompletableFuture<Void> client : clients) {
			client.get(120, TimeUnit.SECONDS);
		}
		assertThat(most.get()).isBetween(1, PERMITS);
		awaitQueue(0);
	}

	private void hold(AtomicInteger holders, AtomicInteger most, int turns) {
		try {
			for (int i = 0; i < turns; i++) {
				UUID id = UUID.randomUUID();
				held(locks().acquire(exclusive(id, BOUND)));
				most.accumulateAndGet(holders.incrementAndGet(), Math::max);
				Thread.onSpinWait();
				holders.decrementAndGet();
				get(locks().release(this.lock, id));
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void permitsThatCannotBeAreRefused() throws Exception {
		assertThat(refusal(() -> locks().declare(this.lock, LockKind.SEMAPHORE, 0)).field()).isEqualTo("permits");
		assertThat(refusal(() -> locks().declare(this.lock, LockKind.SEMAPHORE, 10_001)).field()).isEqualTo("permits");
		assertThat(refusal(() -> locks().declare(this.lock, LockKind.MUTEX, 2)).field()).isEqualTo("permits");
	}

	private UUID id() {
		UUID id = UUID.randomUUID();
		this.ids.add(id);
		return id;
	}

	private void declared(int permits) throws Exception {
		assertThat(get(locks().declare(this.lock, LockKind.SEMAPHORE, permits)))
			.isEqualTo(new DeclareResult.Declared(LockKind.SEMAPHORE, permits));
	}

}
