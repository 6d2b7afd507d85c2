package io.roster.locks.client;

import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * A client of the lock service. One per process is enough: it is safe for use by many
 * threads, and has two of its own at most, daemons that end while there is nothing to do.
 * Closing it gives back what is held.
 *
 * <pre>{@code
 * LockClient locks = LockClient.builder().url(URI.create("http://127.0.0.1:8770")).owner("billing-1").build();
 * try (HeldLock lock = locks.acquire("invoice-42")) {
 *     invoices.write(invoice, lock.fencingToken());
 * }
 * }</pre>
 *
 * Answers that are lost cost nothing but time: the same call, with the same lease, goes
 * to the next replica until it is answered. Locks are not reentrant.
 */
public final class LockClient implements AutoCloseable {

	private final Replicas replicas;

	private final String owner;

	private final LongSupplier ticker;

	private final Duration patience;

	private final Duration answerTimeout;

	private final AcquireOptions defaults;

	private final Consumer<LostLock> lossListener;

	private final ClientThreads threads;

	private final Timer timer;

	private final BearerToken bearerToken;

	private final Set<HeldLock> held = ConcurrentHashMap.newKeySet();

	private final Set<Acquisition> acquisitions = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean closed = new AtomicBoolean();

	LockClient(LockClientBuilder builder) {
		if (builder.urls.isEmpty()) {
			throw new IllegalArgumentException("no url of a lock service was given");
		}
		this.ticker = builder.ticker;
		this.patience = builder.patience;
		this.answerTimeout = builder.answerTimeout;
		this.defaults = builder.defaults;
		this.lossListener = builder.lossListener;
		this.bearerToken = new BearerToken(builder.bearerToken);
		this.threads = new ClientThreads();
		this.timer = (builder.timer != null) ? builder.timer : this.threads;
		this.owner = (builder.owner != null) ? builder.owner : ManagementFactory.getRuntimeMXBean().getName();
		HttpClient http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(builder.connectTimeout)
			.build();
		this.replicas = new Replicas(http, builder.urls, builder.ticker);
	}

	/**
	 * Starts to build a client.
	 * @return a builder
	 */
	public static LockClientBuilder builder() {
		return new LockClientBuilder();
	}

	/**
	 * Acquires a lock with the client's default options.
	 * @param lock the lock's name
	 * @return what is held; close it to give it back
	 * @throws LockTimeoutException if it was not free within the wait
	 * @throws LockRefusedException if the service refused the request
	 * @throws LockAccessDeniedException if it refused the credentials
	 * @throws LeaseLostException if the place was taken away while it waited
	 * @throws LockUnavailableException if no replica answered
	 * @throws InterruptedException if the thread is interrupted; the place is given up
	 */
	public HeldLock acquire(String lock) throws InterruptedException {
		return acquire(lock, this.defaults);
	}

	/**
	 * Acquires a lock. Blocks for the wait of the options at most while a replica
	 * answers.
	 * @param lock the lock's name
	 * @param options the TTL, the wait and the metadata
	 * @return what is held; close it to give it back
	 * @throws LockTimeoutException if it was not free within the wait
	 * @throws LockRefusedException if the service refused the request
	 * @throws LockAccessDeniedException if it refused the credentials
	 * @throws LeaseLostException if the place was taken away while it waited
	 * @throws DeadlockException if the options ask for it
	 * @throws LockUnavailableException if no replica answered
	 * @throws InterruptedException if the thread is interrupted; the place is given up
	 */
	public HeldLock acquire(String lock, AcquireOptions options) throws InterruptedException {
		return tryAcquire(lock, options).orElseThrow(
				() -> new LockTimeoutException("lock %s was not free within %s".formatted(lock, options.maxWait())));
	}

	/**
	 * Acquires a lock if it is free now.
	 * @param lock the lock's name
	 * @return what is held, or nothing if somebody else holds the lock
	 * @throws LockRefusedException if the service refused the request
	 * @throws LockAccessDeniedException if it refused the credentials
	 * @throws LeaseLostException if the place was taken away while it waited
	 * @throws LockUnavailableException if no replica answered
	 * @throws InterruptedException if the thread is interrupted
	 */
	public Optional<HeldLock> tryAcquire(String lock) throws InterruptedException {
		return tryAcquire(lock, Duration.ZERO);
	}

	/**
	 * Acquires a lock if it is free within a time.
	 * @param lock the lock's name
	 * @param maxWait how long to stand in the queue
	 * @return what is held, or nothing if the wait has passed
	 * @throws LockRefusedException if the service refused the request
	 * @throws LockAccessDeniedException if it refused the credentials
	 * @throws LeaseLostException if the place was taken away while it waited
	 * @throws LockUnavailableException if no replica answered
	 * @throws InterruptedException if the thread is interrupted; the place is given up
	 */
	public Optional<HeldLock> tryAcquire(String lock, Duration maxWait) throws InterruptedException {
		return tryAcquire(lock, this.defaults.withMaxWait(maxWait));
	}

	/**
	 * Acquires a lock if it is free within the wait of the options.
	 * @param lock the lock's name
	 * @param options the TTL, the wait and the metadata
	 * @return what is held, or nothing if the wait has passed
	 * @throws LockRefusedException if the service refused the request
	 * @throws LockAccessDeniedException if it refused the credentials
	 * @throws LeaseLostException if the place was taken away while it waited
	 * @throws DeadlockException if the options ask for it
	 * @throws LockUnavailableException if no replica answered
	 * @throws InterruptedException if the thread is interrupted; the place is given up
	 */
	public Optional<HeldLock> tryAcquire(String lock, AcquireOptions options) throws InterruptedException {
		return awaitAcquisition(tryAcquireAsync(lock, options));
	}

	private static Optional<HeldLock> awaitAcquisition(CompletableFuture<Optional<HeldLock>> acquisition)
			throws InterruptedException {
		try {
			return await(acquisition);
		}
		catch (InterruptedException ex) {
			if (!acquisition.cancel(true)) {
				// It was granted in the same moment.
				var unused = acquisition.thenAccept((granted) -> granted.ifPresent(HeldLock::closeInBackground));
			}
			throw ex;
		}
	}

	/**
	 * Acquires a lock if it is free within the wait of the options, without a thread that
	 * waits.
	 * @param lock the lock's name
	 * @param options the TTL, the wait, the mode and the metadata
	 * @return completes with what is held, with nothing if the wait has passed, or with
	 * the exceptions of {@link #tryAcquire(String, AcquireOptions)}. It completes on a
	 * thread of the HTTP client, where nothing may block. Cancelling it gives up the
	 * place; a lock that was granted before is the caller's to close
	 * @throws IllegalStateException if the client is closed
	 */
	public CompletableFuture<Optional<HeldLock>> tryAcquireAsync(String lock, AcquireOptions options) {
		return start(new Acquisition(this, LeaseCalls.of(this, lock, options), options));
	}

	private CompletableFuture<Optional<HeldLock>> start(Acquisition acquisition) {
		this.acquisitions.add(acquisition);
		if (this.closed.get()) {
			this.acquisitions.remove(acquisition);
			throw closedException();
		}
		CompletableFuture<Optional<HeldLock>> result = acquisition.start();
		var unused = result.whenComplete((granted, failure) -> this.acquisitions.remove(acquisition));
		return result;
	}

	/**
	 * Acquires several locks at once, all of them or none, by one lease. Clients that
	 * take several only so never wait for each other in a circle.
	 * @param locks their names, from 1 to 16, each once
	 * @param options as for one lock; the mode is exclusive, and of a semaphore one
	 * permit is taken
	 * @return what is held; one deadline, one token and one loss for all of them
	 * @throws LockTimeoutException if not all were free within the wait
	 * @throws InterruptedException if the thread is interrupted; the places are given up
	 * @throws LockException otherwise as {@link #acquire(String, AcquireOptions)}
	 */
	public HeldLock acquireAll(List<String> locks, AcquireOptions options) throws InterruptedException {
		return tryAcquireAll(locks, options).orElseThrow(
				() -> new LockTimeoutException("locks %s were not free within %s".formatted(locks, options.maxWait())));
	}

	/**
	 * Acquires several locks at once if all are free within the wait of the options.
	 * @param locks their names, from 1 to 16, each once
	 * @param options as for {@link #acquireAll}
	 * @return what is held, or nothing if the wait has passed
	 * @throws InterruptedException if the thread is interrupted; the places are given up
	 * @throws LockException as {@link #tryAcquire(String, AcquireOptions)}
	 */
	public Optional<HeldLock> tryAcquireAll(List<String> locks, AcquireOptions options) throws InterruptedException {
		return awaitAcquisition(start(new Acquisition(this, LeaseCalls.ofSeveral(this, locks, options), options)));
	}

	/**
	 * The locks that are held now.
	 * @return a copy, in no order
	 */
	public List<HeldLock> heldLocks() {
		return this.held.stream().filter(HeldLock::isHeld).toList();
	}

	/**
	 * The options of the calls that name none.
	 * @return the defaults of this client
	 */
	public AcquireOptions defaults() {
		return this.defaults;
	}

	/**
	 * Who is shown as the holder of what is acquired without an owner of its own.
	 * @return the owner
	 */
	public String owner() {
		return this.owner;
	}

	/**
	 * Whether the lock service answered when it was last asked. Asks nobody.
	 * @return {@code false} from the moment at which all replicas, in turn, have left a
	 * call unanswered, until one of them answers again
	 */
	public boolean isReachable() {
		return this.replicas.reachable();
	}

	/**
	 * Gives back all locks that are held, whose holders are told so, and gives up all
	 * places in queues: those who wait get an {@link IllegalStateException}. Waits a few
	 * seconds at most for the answers; those that are missing are asked for in the
	 * background. Closing twice does nothing.
	 */
	@Override
	public void close() {
		if (this.closed.getAndSet(true)) {
			return;
		}
		this.acquisitions.forEach((acquisition) -> acquisition.abort(closedException()));
		CompletableFuture<?> released = CompletableFuture
			.allOf(this.held.stream().map(HeldLock::closeWithClient).toArray(CompletableFuture[]::new));
		this.threads.close();
		LeaseCalls.await(released, "all locks");
	}

	private static IllegalStateException closedException() {
		return new IllegalStateException("the lock client is closed");
	}

	Replicas replicas() {
		return this.replicas;
	}

	BearerToken bearerToken() {
		return this.bearerToken;
	}

	Duration patience() {
		return this.patience;
	}

	Duration answerTimeout() {
		return this.answerTimeout;
	}

	long now() {
		return this.ticker.getAsLong();
	}

	/** Runs something later, unless the client is closed before. */
	void after(Duration time, Runnable task) {
		var unused = this.timer.after(time, task);
	}

	/** Takes care of a lock that was granted. */
	HeldLock hold(LeaseCalls calls, long fencingToken, Answer answer, boolean renewed) {
		HeldLock granted = new HeldLock(calls, fencingToken, calls.deadline(answer),
				new LossListeners(this.threads, this.lossListener));
		this.held.add(granted);
		granted.whenOver(() -> this.held.remove(granted));
		Renewal.start(granted, calls, this.timer, renewed, answer.sentAt());
		if (this.closed.get()) {
			var unused = granted.closeWithClient();
		}
		return granted;
	}

	/**
	 * Waits for an answer.
	 */
	static <T> T await(CompletableFuture<T> answer) throws InterruptedException {
		try {
			return answer.get();
		}
		catch (ExecutionException ex) {
			throw known(ex.getCause());
		}
	}

	/** The exception that a failed call means to the caller. */
	static RuntimeException known(@Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		return (cause instanceof LockException || cause instanceof IllegalStateException) ? (RuntimeException) cause
				: new LockUnavailableException("the call failed: " + cause, cause);
	}

}
