package io.roster.locks;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Coordination;
import io.roster.ensemble.LocalEnsemble;
import io.roster.locks.contract.Results;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One replica, with a link to its ensemble that can fail and a clock that can be moved.
 */
final class TestReplica implements AutoCloseable {

	static final Duration TTL = Duration.ofSeconds(30);

	static final Duration LONG = Duration.ofMinutes(5);

	final Link link;

	final MovedTime time = new MovedTime();

	final Coordination coordination;

	final LockQueues queues;

	private TestReplica(LocalEnsemble ensemble, LockOptions options, Duration session, long highCounter)
			throws Exception {
		this.link = new Link(ensemble.connectString(ensemble.memberIds().get(0)));
		this.coordination = Coordination.connect(this.link.connectString(), session);
		this.queues = LockQueues.over(this.coordination, options, this.time, Clock.systemUTC(), highCounter);
		this.queues.started().get(20, TimeUnit.SECONDS);
	}

	static TestReplica start(LocalEnsemble ensemble) throws Exception {
		return start(ensemble, 1L << 30);
	}

	static TestReplica start(LocalEnsemble ensemble, long highCounter) throws Exception {
		return new TestReplica(ensemble, patient(), Duration.ofSeconds(30), highCounter);
	}

	/** The defaults with time for a slow machine. */
	static LockOptions patient() {
		return LockOptions.defaults().withAnswerWithin(Duration.ofSeconds(20));
	}

	static TestReplica start(LocalEnsemble ensemble, LockOptions options) throws Exception {
		return start(ensemble, options, Duration.ofSeconds(30));
	}

	static TestReplica start(LocalEnsemble ensemble, LockOptions options, Duration session) throws Exception {
		return new TestReplica(ensemble, options, session, 1L << 30);
	}

	Lease held(String lock, UUID lease) throws Exception {
		return Results.held(get(acquire(lock, lease, Duration.ZERO)));
	}

	Lease waiting(String lock, UUID lease) throws Exception {
		return Results.waiting(get(acquire(lock, lease, Duration.ofMillis(1))));
	}

	CompletableFuture<AcquireResult> shared(String lock, UUID lease, Duration wait) {
		return this.queues.acquire(new AcquireRequest(lock, lease, "alice", Mode.SHARED, TTL, wait, Map.of(), null));
	}

	CompletableFuture<AcquireResult> acquire(String lock, UUID lease, Duration wait) {
		return this.queues.acquire(AcquireRequest.exclusive(lock, lease, "alice", TTL, wait));
	}

	RenewResult renew(String lock, UUID lease, @Nullable String token) throws Exception {
		return get(this.queues.renew(lock, lease, token));
	}

	ReleaseResult release(String lock, UUID lease) throws Exception {
		return get(this.queues.release(lock, lease));
	}

	int places(String lock) throws Exception {
		LockView view = get(this.queues.view(lock));
		return view.holders().size() + view.waiters().size();
	}

	/** Waits until the link has been asked for something of this kind. */
	void awaitRequest(int type) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.link.requests().contains(type));
	}

	/** Waits until this replica has seen so many places. */
	void awaitPlaces(String lock, int places) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(places(lock)).isEqualTo(places));
	}

	void awaitAvailable() {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofSeconds(20))
			.until(this.queues::available);
	}

	void awaitUnavailable() {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofSeconds(20))
			.until(() -> !this.queues.available());
	}

	static <T> T get(CompletableFuture<T> future) throws Exception {
		return future.get(30, TimeUnit.SECONDS);
	}

	@Override
	public void close() throws IOException {
		this.queues.close();
		this.coordination.close();
		this.link.close();
	}

}
