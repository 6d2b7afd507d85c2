package io.roster.locks.client;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * A client of the lock service. One per process is enough: it is safe for use by many
 * threads, keeps connections but no threads of its own, and need not be closed.
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
public final class LockClient {

	private final Replicas replicas;

	private final String owner;

	private final LongSupplier ticker;

	private final Duration patience;

	private LockClient(Builder builder) {
		if (builder.urls.isEmpty()) {
			throw new IllegalArgumentException("no url of a lock service was given");
		}
		this.ticker = builder.ticker;
		this.patience = builder.patience;
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
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Acquires a lock with the default options: a TTL of 30 s, a wait of 10 s.
	 * @param lock the lock's name
	 * @return what is held; close it to give it back
	 * @throws LockTimeoutException if it was not free within the wait
	 * @throws LockRefusedException if the service refused the request
	 * @throws LeaseLostException if the place was taken away while it waited
	 * @throws LockUnavailableException if no replica answered
	 * @throws InterruptedException if the thread is interrupted; the place is given up
	 */
	public HeldLock acquire(String lock) throws InterruptedException {
		return acquire(lock, AcquireOptions.defaults());
	}

	/**
	 * Acquires a lock. Blocks for the wait of the options at most while a replica
	 * answers.
	 * @param lock the lock's name
	 * @param options the TTL, the wait and the metadata
	 * @return what is held; close it to give it back
	 * @throws LockTimeoutException if it was not free within the wait
	 * @throws LockRefusedException if the service refused the request
	 * @throws LeaseLostException if the place was taken away while it waited
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
	 * @throws LeaseLostException if the place was taken away while it waited
	 * @throws LockUnavailableException if no replica answered
	 * @throws InterruptedException if the thread is interrupted
	 */
	public Optional<HeldLock> tryAcquire(String lock) throws InterruptedException {
		return tryAcquire(lock, AcquireOptions.defaults().withMaxWait(Duration.ZERO));
	}

	/**
	 * Acquires a lock if it is free within the wait of the options.
	 * @param lock the lock's name
	 * @param options the TTL, the wait and the metadata
	 * @return what is held, or nothing if the wait has passed
	 * @throws LockRefusedException if the service refused the request
	 * @throws LeaseLostException if the place was taken away while it waited
	 * @throws LockUnavailableException if no replica answered
	 * @throws InterruptedException if the thread is interrupted; the place is given up
	 */
	public Optional<HeldLock> tryAcquire(String lock, AcquireOptions options) throws InterruptedException {
		return new Acquisition(new LeaseCalls(this, lock, options), options, this.patience).run();
	}

	Replicas replicas() {
		return this.replicas;
	}

	String owner() {
		return this.owner;
	}

	long now() {
		return this.ticker.getAsLong();
	}

	/**
	 * Waits for an answer; cancels the call when the thread is interrupted.
	 */
	Answer await(CompletableFuture<Answer> answer) throws InterruptedException {
		try {
			return answer.get();
		}
		catch (InterruptedException ex) {
			answer.cancel(true);
			throw ex;
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof LockException known) ? known
					: new LockUnavailableException("the call failed: " + ex.getCause(), ex.getCause());
		}
	}

	/**
	 * Builds a {@link LockClient}.
	 */
	public static final class Builder {

		private final List<URI> urls = new ArrayList<>();

		private @Nullable String owner;

		private Duration connectTimeout = Duration.ofSeconds(2);

		private Duration patience = Duration.ofSeconds(10);

		private LongSupplier ticker = System::nanoTime;

		private Builder() {
		}

		/**
		 * Adds the base URL of a replica, or of what balances over the replicas.
		 * @param url such as {@code http://127.0.0.1:8770}
		 * @return this
		 */
		public Builder url(URI url) {
			if (!url.isAbsolute() || url.getHost() == null) {
				throw new IllegalArgumentException("not a URL with a scheme and a host: " + url);
			}
			String text = url.toString();
			this.urls.add(text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url);
			return this;
		}

		/**
		 * Adds the base URLs of several replicas.
		 * @param several the URLs
		 * @return this
		 */
		public Builder urls(Iterable<URI> several) {
			several.forEach(this::url);
			return this;
		}

		/**
		 * Who holds the locks, for whoever looks at a queue.
		 * @param name a name; the process and its machine by default
		 * @return this
		 */
		public Builder owner(String name) {
			this.owner = name;
			return this;
		}

		/**
		 * How long to wait for a connection.
		 * @param timeout two seconds by default
		 * @return this
		 */
		public Builder connectTimeout(Duration timeout) {
			this.connectTimeout = timeout;
			return this;
		}

		/**
		 * How long an acquire goes on while no replica answers, where its own wait is
		 * shorter.
		 * @param bound ten seconds by default
		 * @return this
		 */
		public Builder patience(Duration bound) {
			this.patience = bound;
			return this;
		}

		Builder ticker(LongSupplier nanoseconds) {
			this.ticker = nanoseconds;
			return this;
		}

		/**
		 * Builds the client. Connects to nothing yet.
		 * @return the client
		 */
		public LockClient build() {
			return new LockClient(this);
		}

	}

}
