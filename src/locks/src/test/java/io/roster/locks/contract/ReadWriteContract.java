package io.roster.locks.contract;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.roster.locks.AcquireResult;
import io.roster.locks.DeclareResult;
import io.roster.locks.Lease;
import io.roster.locks.LockKind;
import io.roster.locks.LockSummary;
import io.roster.locks.Mode;
import io.roster.locks.Place;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What any read-write lock must do, and how a lock gets its kind.
 */
public abstract class ReadWriteContract extends LockContract {

	private final UUID reader = UUID.randomUUID();

	private final UUID secondReader = UUID.randomUUID();

	private final UUID writer = UUID.randomUUID();

	@Test
	void readersHoldItTogetherWithUniqueTokens() throws Exception {
		Lease one = held(locks().acquire(shared(this.reader, Duration.ZERO)));
		Lease two = held(locks().acquire(shared(this.secondReader, Duration.ZERO)));
		assertThat(one.mode()).isEqualTo(Mode.SHARED);
		assertThat(one.fencingToken()).isNotEqualTo(two.fencingToken());
		awaitView((view) -> {
			assertThat(view.kind()).isEqualTo(LockKind.READ_WRITE);
			assertThat(view.holders()).extracting(Place::mode).containsExactly(Mode.SHARED, Mode.SHARED);
			assertThat(view.waiters()).isEmpty();
		});
	}

	@Test
	void aWriterWaitsForAllReadersAndReadersBehindItWaitForTheWriter() throws Exception {
		held(locks().acquire(shared(this.reader, Duration.ZERO)));
		held(locks().acquire(shared(this.secondReader, Duration.ZERO)));
		CompletableFuture<AcquireResult> write = locks().acquire(exclusive(this.writer, BOUND));
		awaitQueue(3);
		UUID third = UUID.randomUUID();
		UUID fourth = UUID.randomUUID();
		CompletableFuture<AcquireResult> late = locks().acquire(shared(third, BOUND));
		awaitQueue(4);
		CompletableFuture<AcquireResult> later = locks().acquire(shared(fourth, BOUND));
		awaitQueue(5);
		get(locks().release(this.lock, this.reader));
		awaitQueue(4);
		assertThat(write).isNotDone();
		get(locks().release(this.lock, this.secondReader));
		Lease written = held(write);
		assertThat(written.mode()).isEqualTo(Mode.EXCLUSIVE);
		assertThat(late).isNotDone();
		assertThat(later).isNotDone();
		get(locks().release(this.lock, this.writer));
		assertThat(held(late).mode()).isEqualTo(Mode.SHARED);
		held(later);
	}

	@Test
	void aWriterThatGivesUpLetsTheReadersBehindItIn() throws Exception {
		held(locks().acquire(shared(this.reader, Duration.ZERO)));
		CompletableFuture<AcquireResult> write = locks().acquire(exclusive(this.writer, BOUND));
		awaitQueue(2);
		CompletableFuture<AcquireResult> read = locks().acquire(shared(this.secondReader, BOUND));
		awaitQueue(3);
		get(locks().release(this.lock, this.writer));
		assertThat(get(write)).isInstanceOf(AcquireResult.Gone.class);
		held(read);
	}

	@Test
	void tokensOfWritersGrow() throws Exception {
		declare(LockKind.READ_WRITE);
		long last = 0;
		for (int i = 0; i < 3; i++) {
			UUID id = UUID.randomUUID();
			Lease lease = held(locks().acquire(exclusive(id, BOUND)));
			assertThat(Results.token(lease)).isGreaterThan(last);
			last = Results.token(lease);
			get(locks().release(this.lock, id));
			UUID between = UUID.randomUUID();
			held(locks().acquire(shared(between, BOUND)));
			get(locks().release(this.lock, between));
		}
	}

	@Test
	void readersRenewAndAreRefusedBehindAWriterWithoutAWait() throws Exception {
		Lease lease = held(locks().acquire(shared(this.reader, Duration.ZERO)));
		assertThat(renewed(locks().renew(this.lock, this.reader, lease.fencingToken())).mode()).isEqualTo(Mode.SHARED);
		waiting(locks().acquire(exclusive(this.writer, Duration.ofMillis(10))));
		assertThat(get(locks().acquire(shared(this.secondReader, Duration.ZERO))))
			.isInstanceOf(AcquireResult.Refused.class);
		awaitQueue(2);
		assertThat(Results.found(get(locks().find(this.lock, this.reader))).mode()).isEqualTo(Mode.SHARED);
	}

	@Test
	void theFirstUseMakesAMutexWhichCannotBeShared() throws Exception {
		held(locks().acquire(exclusive(this.writer, Duration.ZERO)));
		assertThat(get(locks().acquire(shared(this.reader, BOUND))))
			.isEqualTo(new AcquireResult.WrongKind(LockKind.MUTEX));
		awaitQueue(1);
	}

	@Test
	void anEmptyUndeclaredLockIsWhatItsNextUseMakesIt() throws Exception {
		held(locks().acquire(exclusive(this.writer, Duration.ZERO)));
		get(locks().release(this.lock, this.writer));
		awaitQueue(0);
		held(locks().acquire(shared(this.reader, Duration.ZERO)));
		awaitView((view) -> assertThat(view.kind()).isEqualTo(LockKind.READ_WRITE));
	}

	@Test
	void aDeclaredMutexCannotBeShared() throws Exception {
		declare(LockKind.MUTEX);
		assertThat(get(locks().acquire(shared(this.reader, BOUND))))
			.isEqualTo(new AcquireResult.WrongKind(LockKind.MUTEX));
		held(locks().acquire(exclusive(this.writer, Duration.ZERO)));
	}

	@Test
	void aDeclaredKindStaysWhenTheQueueIsEmpty() throws Exception {
		declare(LockKind.READ_WRITE);
		held(locks().acquire(exclusive(this.writer, Duration.ZERO)));
		CompletableFuture<AcquireResult> read = locks().acquire(shared(this.reader, BOUND));
		awaitQueue(2);
		get(locks().release(this.lock, this.writer));
		held(read);
		get(locks().release(this.lock, this.reader));
		awaitQueue(0);
		awaitView((view) -> assertThat(view.kind()).isEqualTo(LockKind.READ_WRITE));
		awaitSummary(new LockSummary(this.lock, LockKind.READ_WRITE, 0, 0));
	}

	@Test
	void aKindChangesOnlyWhileNobodyUsesTheLock() throws Exception {
		held(locks().acquire(exclusive(this.writer, Duration.ZERO)));
		assertThat(get(locks().declare(this.lock, LockKind.READ_WRITE)))
			.isEqualTo(new DeclareResult.InUse(LockKind.MUTEX, 1));
		get(locks().release(this.lock, this.writer));
		declare(LockKind.READ_WRITE);
		declare(LockKind.READ_WRITE);
		held(locks().acquire(shared(this.reader, Duration.ZERO)));
		declare(LockKind.READ_WRITE);
		assertThat(get(locks().declare(this.lock, LockKind.MUTEX)))
			.isEqualTo(new DeclareResult.InUse(LockKind.READ_WRITE, 1));
		get(locks().release(this.lock, this.reader));
		declare(LockKind.MUTEX);
	}

	@Test
	void aLeaseKeepsItsMode() throws Exception {
		held(locks().acquire(shared(this.reader, Duration.ZERO)));
		assertThat(get(locks().acquire(exclusive(this.reader, Duration.ZERO))))
			.isEqualTo(new AcquireResult.OtherMode(Mode.SHARED));
		assertThat(renewed(locks().renew(this.lock, this.reader, null)).mode()).isEqualTo(Mode.SHARED);
	}

	private void declare(LockKind kind) throws Exception {
		assertThat(get(locks().declare(this.lock, kind))).isEqualTo(new DeclareResult.Declared(kind, 1));
	}

}
