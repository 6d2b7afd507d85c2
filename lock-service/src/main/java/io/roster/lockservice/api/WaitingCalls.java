package io.roster.lockservice.api;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.roster.lockservice.connection.WaitingConnections;
import io.roster.locks.AcquireRequest;
import io.roster.locks.FindResult;
import io.roster.locks.LockQueues;
import io.roster.locks.MultiRequest;
import lombok.RequiredArgsConstructor;

import org.springframework.context.SmartLifecycle;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * The calls that wait for a lock at this replica. When the replica stops they are
 * answered that they wait, before the web server's graceful shutdown would wait for them:
 * their places are kept, and the same calls go on waiting at another replica. A client
 * that has closed its connection is answered so too, to nobody, and its place runs out.
 */
@Component
@RequiredArgsConstructor
class WaitingCalls implements SmartLifecycle, WaitingConnections {

	private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

	private final LockQueues queues;

	private final Set<Waiting> calls = ConcurrentHashMap.newKeySet();

	private final Map<String, Waiting> byConnection = new ConcurrentHashMap<>();

	private volatile boolean running;

	private volatile boolean stopping;

	DeferredResult<ResponseEntity<Object>> add(AcquireRequest request, PendingCall call, String connectionId) {
		return add(new Waiting(call,
				() -> this.queues.find(request.claim())
					.exceptionally((failure) -> new FindResult.Gone())
					.thenApply(Answers::interrupted)),
				connectionId);
	}

	DeferredResult<ResponseEntity<Object>> add(MultiRequest request, PendingCall call, String connectionId) {
		return add(new Waiting(call,
				() -> this.queues.find(request.claim())
					.exceptionally((failure) -> MultiAnswers.nothing())
					.thenApply(MultiAnswers::interrupted)),
				connectionId);
	}

	private DeferredResult<ResponseEntity<Object>> add(Waiting waiting, String connectionId) {
		PendingCall call = waiting.call;
		this.calls.add(waiting);
		// One connection has one request at a time.
		this.byConnection.put(connectionId, waiting);
		CompletableFuture<?> unused = call.outcome().whenComplete((result, failure) -> {
			this.calls.remove(waiting);
			this.byConnection.remove(connectionId, waiting);
		});
		return this.stopping ? interrupted(waiting) : call.answer();
	}

	private DeferredResult<ResponseEntity<Object>> interrupted(Waiting waiting) {
		CompletableFuture<?> unused = interrupt(waiting);
		return waiting.call.answer();
	}

	@Override
	public boolean waits(String connectionId) {
		return this.byConnection.containsKey(connectionId);
	}

	@Override
	public void left(String connectionId) {
		Waiting waiting = this.byConnection.get(connectionId);
		if (waiting != null) {
			CompletableFuture<?> unused = interrupt(waiting);
		}
	}

	@Override
	public void start() {
		this.stopping = false;
		this.running = true;
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		this.stopping = true;
		this.running = false;
		CompletableFuture<?>[] answers = this.calls.stream().map(this::interrupt).toArray(CompletableFuture<?>[]::new);
		CompletableFuture<?> unused = CompletableFuture.allOf(answers)
			.orTimeout(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)
			.whenComplete((done, failure) -> callback.run());
	}

	private CompletableFuture<?> interrupt(Waiting waiting) {
		if (!waiting.call.outcome().cancel(false)) {
			return CompletableFuture.completedFuture(null);
		}
		return waiting.interrupted.get().thenAccept(waiting.call.answer()::setResult);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	// Before the web server's graceful shutdown, whose phase is 1024 lower.
	@Override
	public int getPhase() {
		return DEFAULT_PHASE;
	}

	/**
	 * A call that waits.
	 *
	 * @param call the call
	 * @param interrupted what it is answered when it is to wait no longer
	 */
	private record Waiting(PendingCall call, Supplier<CompletableFuture<ResponseEntity<Object>>> interrupted) {
	}

}
