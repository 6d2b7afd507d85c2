package io.roster.locks.client;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.roster.locks.OnDeadlock;
import io.roster.locks.Mode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls about one lease.
 */
final class LeaseCalls {

	private static final Logger log = LoggerFactory.getLogger(LeaseCalls.class);

	private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

	/** The longest time that one call waits in the queue. */
	private static final Duration LONGEST_CALL = Duration.ofSeconds(20);

	/**
	 * A renewal that a replica leaves unanswered must leave time for the others, but even
	 * a slow machine needs some.
	 */
	private static final Duration SHORTEST_ANSWER = Duration.ofMillis(200);

	private static final int ANSWERS_PER_TTL = 6;

	private static final double CLOCK_DRIFT = 0.99;

	private static final String SEVERAL = "/api/v1/multi-locks";

	private final LockClient client;

	private final List<String> locks;

	private final boolean several;

	private final UUID lease = UUID.randomUUID();

	private final AcquireOptions options;

	private volatile Duration ttl;

	private LeaseCalls(LockClient client, List<String> locks, boolean several, AcquireOptions options) {
		this.client = client;
		this.locks = List.copyOf(locks);
		this.several = several;
		this.options = options;
		this.ttl = options.ttl();
	}

	static LeaseCalls of(LockClient client, String lock, AcquireOptions options) {
		return new LeaseCalls(client, List.of(lock), false, options);
	}

	static LeaseCalls ofSeveral(LockClient client, List<String> locks, AcquireOptions options) {
		if (options.mode() != Mode.EXCLUSIVE) {
			throw new IllegalArgumentException("several locks at once are taken EXCLUSIVE, not " + options.mode());
		}
		return new LeaseCalls(client, locks, true, options);
	}

	/** For people. */
	String lock() {
		return String.join(", ", this.locks);
	}

	List<String> locks() {
		return this.locks;
	}

	UUID lease() {
		return this.lease;
	}

	Duration ttl() {
		return this.ttl;
	}

	/** The service has granted a longer TTL, which counts from now on. */
	void extendedTo(Duration longer) {
		this.ttl = longer;
	}

	long now() {
		return this.client.now();
	}

	/**
	 * When a lease stops to be held here: 99% of its TTL after the answered call was
	 * sent, for the clocks of two machines run at different rates.
	 */
	long deadline(Answer answer) {
		return answer.sentAt() + (long) (this.ttl.toNanos() * CLOCK_DRIFT);
	}

	/**
	 * Takes a place in the queue or goes on in it. One call waits for half the TTL at
	 * most, so that a client that dies leaves the queue soon, and that a lease is young
	 * when it is granted.
	 */
	CompletableFuture<Answer> acquire(long waitUntil, long giveUpAt) {
		return this.client.replicas().send((base) -> put(base, this.ttl, callWait(waitUntil)), giveUpAt);
	}

	/**
	 * Asks for a longer TTL, by the same call that has acquired the lease. The service
	 * never shortens a TTL, so that an older call that comes late does no harm.
	 */
	CompletableFuture<Answer> extend(Duration longer, long giveUpAt) {
		return this.client.replicas().send((base) -> put(base, longer, Duration.ZERO), giveUpAt);
	}

	private HttpRequest put(URI base, Duration asked, Duration wait) {
		String owner = this.options.owner();
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("owner", (owner != null) ? owner : this.client.owner());
		if (this.several) {
			body.put("lease", this.lease);
			body.put("locks", this.locks);
		}
		else {
			body.put("mode", this.options.mode());
		}
		body.put("ttl", asked.toString());
		body.put("wait", wait.toString());
		body.put("metadata", this.options.metadata());
		if (this.options.onDeadlock() != OnDeadlock.WAIT) {
			// A service that does not know it refuses it.
			body.put("onDeadlock", this.options.onDeadlock());
		}
		HttpRequest.Builder request = this.several ? to(base + SEVERAL) : request(base, "");
		return request.timeout(wait.plus(this.client.answerTimeout()))
			.method(this.several ? "POST" : "PUT", BodyPublishers.ofByteArray(Answer.json(body)))
			.build();
	}

	private Duration callWait(long waitUntil) {
		Duration rest = Duration.ofNanos(Math.max(0, waitUntil - now()));
		return shorter(rest, shorter(this.ttl.dividedBy(2), LONGEST_CALL));
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	/**
	 * Renews, at one replica after the other until one answers.
	 */
	CompletableFuture<Answer> renew(long fencingToken, long giveUpAt) {
		byte[] body = Answer.json(Map.of("fencingToken", Long.toString(fencingToken)));
		Duration part = this.ttl.dividedBy(ANSWERS_PER_TTL);
		Duration timeout = shorter((part.compareTo(SHORTEST_ANSWER) < 0) ? SHORTEST_ANSWER : part,
				this.client.answerTimeout());
		return this.client.replicas()
			.send((base) -> request(base, "/renew").timeout(timeout).POST(BodyPublishers.ofByteArray(body)).build(),
					giveUpAt);
	}

	/**
	 * Renews likewise, and gives up while there is time left to try again.
	 */
	CompletableFuture<Answer> renewOnce(long fencingToken) {
		return renew(fencingToken, now() + this.ttl.toNanos() / ANSWERS_PER_TTL);
	}

	LeaseLostException lost(Answer answer) {
		return new LeaseLostException(
				"lease %s of lock %s is gone: %s".formatted(this.lease, lock(), answer.explanation()));
	}

	/**
	 * Gives the lease back, repeated until it is answered or the lease has ended by
	 * itself; returns at once. A lease for which this was called may not be used for
	 * anything else.
	 */
	CompletableFuture<Answer> release() {
		long giveUpAt = now() + Math.max(this.ttl.toNanos(), this.client.answerTimeout().toNanos());
		return this.client.replicas()
			.send((base) -> request(base, "").timeout(this.client.answerTimeout()).DELETE().build(), giveUpAt)
			.whenComplete(this::report);
	}

	/**
	 * Gives the lease back likewise when a time has passed, unless this process or the
	 * client ends before: then it ends by its TTL.
	 */
	void releaseAfter(Duration time) {
		this.client.after(time, () -> {
			var unused = release();
		});
	}

	/**
	 * Gives the lease back likewise, and completes after a few seconds even if that goes
	 * on in the background.
	 */
	CompletableFuture<?> releaseSoon() {
		return release().thenApply((answer) -> true)
			.completeOnTimeout(false, LONGEST_CLOSE.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Waits a few seconds at most for a release, which otherwise goes on in the
	 * background.
	 */
	void await(CompletableFuture<?> release) {
		await(release, "lease " + this.lease + " of lock " + lock());
	}

	static void await(CompletableFuture<?> release, String what) {
		try {
			release.get(LONGEST_CLOSE.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException ex) {
			log.info("The release of {} goes on in the background", what);
		}
		catch (ExecutionException ex) {
			log.debug("The release of {} failed, as was reported", what, ex);
		}
	}

	private void report(@Nullable Answer answer, @Nullable Throwable failure) {
		if (answer == null || answer.status() != Answer.OK) {
			Object reason = (answer != null) ? answer.refused().getMessage() : failure;
			log.warn("Lease {} of lock {} could not be given back and ends by its TTL of {}: {}", this.lease, lock(),
					this.ttl, reason);
		}
	}

	private HttpRequest.Builder request(URI base, String action) {
		String name = URLEncoder.encode(this.locks.get(0), StandardCharsets.UTF_8).replace("+", "%20");
		String leases = this.several ? SEVERAL : "/api/v1/locks/" + name + "/leases";
		return to(base + leases + "/" + this.lease + action);
	}

	private HttpRequest.Builder to(String url) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
			.header("Content-Type", "application/json")
			.header("Accept", "application/json, application/problem+json");
		this.client.bearerToken().addTo(request);
		return request;
	}

}
