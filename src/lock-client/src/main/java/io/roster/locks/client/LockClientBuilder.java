package io.roster.locks.client;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link LockClient}.
 */
public final class LockClientBuilder {

	final List<URI> urls = new ArrayList<>();

	@Nullable String owner;

	Duration connectTimeout = Duration.ofSeconds(2);

	Duration patience = Duration.ofSeconds(10);

	LongSupplier ticker = System::nanoTime;

	Duration answerTimeout = Duration.ofSeconds(5);

	AcquireOptions defaults = AcquireOptions.defaults();

	Consumer<LostLock> lossListener = (lost) -> {
	};

	Supplier<? extends @Nullable String> bearerToken = () -> null;

	@Nullable Timer timer;

	LockClientBuilder() {
	}

	/**
	 * Adds the base URL of a replica, or of what balances over the replicas.
	 * @param url such as {@code http://127.0.0.1:8770}
	 * @return this
	 * @throws InvalidUrlException if it is no HTTP URL with a host
	 */
	public LockClientBuilder url(URI url) {
		boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
		if (!http || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
			throw new InvalidUrlException(url.toString());
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
	public LockClientBuilder urls(Iterable<URI> several) {
		several.forEach(this::url);
		return this;
	}

	/**
	 * Who holds the locks, for whoever looks at a queue.
	 * @param name a name; the process and its machine by default
	 * @return this
	 */
	public LockClientBuilder owner(String name) {
		this.owner = name;
		return this;
	}

	/**
	 * What this client shows to be known by: an API key or a JSON Web Token, sent as
	 * {@code Authorization: Bearer}. It is asked for before each request, so that it may
	 * change while locks are held; a lease belongs to the principal of the token, so that
	 * another token must be the same principal's.
	 * @param token supplies the token; {@code null} or empty sends none, which is the
	 * default. It is called on threads of the client and must not block
	 * @return this
	 */
	public LockClientBuilder bearerToken(Supplier<? extends @Nullable String> token) {
		this.bearerToken = token;
		return this;
	}

	/**
	 * How long to wait for a connection.
	 * @param timeout two seconds by default
	 * @return this
	 */
	public LockClientBuilder connectTimeout(Duration timeout) {
		this.connectTimeout = timeout;
		return this;
	}

	/**
	 * How long an acquire goes on while no replica answers, where its own wait is
	 * shorter.
	 * @param bound ten seconds by default
	 * @return this
	 */
	public LockClientBuilder patience(Duration bound) {
		this.patience = bound;
		return this;
	}

	/**
	 * How long a replica may take to answer, beyond the wait that it was asked for,
	 * before the next one is asked. Renewals of a short TTL wait less.
	 * @param timeout five seconds by default
	 * @return this
	 */
	public LockClientBuilder answerTimeout(Duration timeout) {
		this.answerTimeout = timeout;
		return this;
	}

	/**
	 * The options of the calls that name none.
	 * @param options {@link AcquireOptions#defaults()} by default
	 * @return this
	 */
	public LockClientBuilder defaults(AcquireOptions options) {
		this.defaults = options;
		return this;
	}

	/**
	 * Calls a listener for every lock of this client that is lost, as
	 * {@link HeldLock#onLost(Consumer)} does for one, before the listeners of that.
	 * @param listener is told which lock was lost, and why
	 * @return this
	 */
	public LockClientBuilder onLost(Consumer<LostLock> listener) {
		this.lossListener = this.lossListener.andThen(listener);
		return this;
	}

	LockClientBuilder timer(Timer replacement) {
		this.timer = replacement;
		return this;
	}

	LockClientBuilder ticker(LongSupplier nanoseconds) {
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
