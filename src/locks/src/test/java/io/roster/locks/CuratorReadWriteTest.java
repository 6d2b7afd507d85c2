package io.roster.locks;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.roster.locks.contract.Results;
import org.apache.curator.framework.recipes.locks.InterProcessReadWriteLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One queue with Curator's read-write lock, which is declared, so that no mutex can stand
 * in it.
 */
class CuratorReadWriteTest extends ReplicasTest {

	private final UUID reader = UUID.randomUUID();

	private final UUID writer = UUID.randomUUID();

	@BeforeEach
	void declare() throws Exception {
		assertThat(TestReplica.get(this.a.queues.declare(this.lock, LockKind.READ_WRITE)))
			.isEqualTo(new DeclareResult.Declared(LockKind.READ_WRITE, 1));
	}

	@Test
	void readersOfBothShareItAndWritersOfBothTakeTurns() throws Exception {
		CuratorTurn curatorReads = new CuratorTurn(curators().readLock());
		curatorReads.begun().get(30, TimeUnit.SECONDS);
		Results.held(TestReplica.get(this.a.shared(this.lock, this.reader, Duration.ZERO)));
		CuratorTurn curatorWrites = new CuratorTurn(curators().writeLock());
		this.b.awaitPlaces(this.lock, 3);
		CompletableFuture<AcquireResult> write = this.b.acquire(this.lock, this.writer, TestReplica.LONG);
		this.a.awaitPlaces(this.lock, 4);
		UUID late = UUID.randomUUID();
		CompletableFuture<AcquireResult> lateRead = this.a.shared(this.lock, late, TestReplica.LONG);
		this.b.awaitPlaces(this.lock, 5);
		CuratorTurn lateCurator = new CuratorTurn(curators().readLock());
		this.b.awaitPlaces(this.lock, 6);
		LockView view = TestReplica.get(this.b.queues.view(this.lock));
		assertThat(view.holders()).extracting(Place::client).containsExactly(ClientKind.CURATOR, ClientKind.REST);
		assertThat(view.waiters()).extracting(Place::mode)
			.containsExactly(Mode.EXCLUSIVE, Mode.EXCLUSIVE, Mode.SHARED, Mode.SHARED);

		curatorReads.end();
		this.b.awaitPlaces(this.lock, 5);
		assertThat(curatorWrites.begun()).isNotDone();
		this.b.release(this.lock, this.reader);
		curatorWrites.begun().get(30, TimeUnit.SECONDS);
		assertThat(write).isNotDone();
		curatorWrites.end();
		Results.held(TestReplica.get(write));
		assertThat(List.of(lateRead, lateCurator.begun())).noneMatch(CompletableFuture::isDone);
		this.a.release(this.lock, this.writer);
		Results.held(TestReplica.get(lateRead));
		lateCurator.begun().get(30, TimeUnit.SECONDS);
		lateCurator.end();
	}

	@Test
	void aWriterThatBecomesAReaderLetsOtherReadersInAndNoWriter() throws Exception {
		InterProcessReadWriteLock lock = curators();
		lock.writeLock().acquire();
		CompletableFuture<AcquireResult> read = this.a.shared(this.lock, this.reader, TestReplica.LONG);
		this.b.awaitPlaces(this.lock, 2);
		CompletableFuture<AcquireResult> write = this.b.acquire(this.lock, this.writer, TestReplica.LONG);
		this.a.awaitPlaces(this.lock, 3);
		// Curator makes the read node with the write node's number.
		lock.readLock().acquire();
		lock.writeLock().release();
		Results.held(TestReplica.get(read));
		assertThat(write).isNotDone();
		this.a.release(this.lock, this.reader);
		this.b.awaitPlaces(this.lock, 2);
		assertThat(write).isNotDone();
		lock.readLock().release();
		Results.held(TestReplica.get(write));
	}

	@Test
	void anEmptyDeclaredLockIsNotAMutexForAnybody() throws Exception {
		Results.held(TestReplica.get(this.b.acquire(this.lock, this.writer, Duration.ZERO)));
		CuratorTurn curator = new CuratorTurn(curators().writeLock());
		this.a.awaitPlaces(this.lock, 2);
		assertThat(curator.begun()).isNotDone();
		this.a.release(this.lock, this.writer);
		curator.begun().get(30, TimeUnit.SECONDS);
		curator.end();
	}

	private InterProcessReadWriteLock curators() {
		return new InterProcessReadWriteLock(this.raw, "/locks/" + this.lock);
	}

}
