package io.roster.locks.client;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls about one lease.
 */
final class LeaseCalls {

	private static final Logger log = LoggerFactory.getLogger(LeaseCalls.class);

	/** How long a service may take to answer, beyond the wait that was asked for. */
	private static final Duration ANSWER = Duration.ofSeconds(5);

	private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

	/** The longest time that one call waits in the queue. */
	private static final Duration LONGEST_CALL = Duration.ofSeconds(20);

	private static final double CLOCK_DRIFT = 0.99;

	private final LockClient client;

	private final String lock;

	private final UUID lease = UUID.randomUUID();

	private final AcquireOptions options;

	LeaseCalls(LockClient client, String lock, AcquireOptions options) {
		this.client = client;
		this.lock = lock;
		this.options = options;
	}

	String lock() {
		return this.lock;
	}

	UUID lease() {
		return this.lease;
	}

	long now() {
		return this.client.now();
	}

	/**
	 * When a lease stops to be held here: 99% of its TTL after the answered call was
	 * sent, for the clocks of two machines run at different rates.
	 */
	long deadline(Answer answer) {
		return answer.sentAt() + (long) (this.options.ttl().toNanos() * CLOCK_DRIFT);
	}

	/**
	 * Takes a place in the queue or goes on in it. One call waits for half the TTL at
	 * most, so that a client that dies leaves the queue soon, and that a lease is young
	 * when it is granted.
	 */
	Answer acquire(long waitUntil, long giveUpAt) throws InterruptedException {
		return this.client.await(this.client.replicas().send((base) -> {
			Duration wait = callWait(waitUntil);
			Map<String, Object> body = new LinkedHashMap<>();
			body.put("owner", this.client.owner());
			body.put("mode", "EXCLUSIVE");
			body.put("ttl", this.options.ttl().toString());
			body.put("wait", wait.toString());
			body.put("metadata", this.options.metadata());
			return request(base, "").timeout(wait.plus(ANSWER))
				.PUT(BodyPublishers.ofByteArray(Answer.json(body)))
				.build();
		}, giveUpAt));
	}

	private Duration callWait(long waitUntil) {
		Duration rest = Duration.ofNanos(Math.max(0, waitUntil - now()));
		Duration half = this.options.ttl().dividedBy(2);
		Duration longest = (half.compareTo(LONGEST_CALL) < 0) ? half : LONGEST_CALL;
		return (rest.compareTo(longest) < 0) ? rest : longest;
	}

	Answer renew(long fencingToken, long deadline) throws InterruptedException {
		long giveUpAt = Math.max(deadline - now(), ANSWER.toNanos()) + now();
		byte[] body = Answer.json(Map.of("fencingToken", Long.toString(fencingToken)));
		return this.client.await(this.client.replicas()
			.send((base) -> request(base, "/renew").timeout(ANSWER).POST(BodyPublishers.ofByteArray(body)).build(),
					giveUpAt));
	}

	LeaseLostException lost(Answer answer) {
		return new LeaseLostException(
				"lease %s of lock %s is gone: %s".formatted(this.lease, this.lock, answer.text("detail")));
	}

	/**
	 * Gives the lease back, repeated until it is answered or the lease has ended by
	 * itself; returns at once. A lease for which this was called may not be used for
	 * anything else.
	 */
	void releaseInBackground() {
		CompletableFuture<Answer> unused = delete();
	}

	/**
	 * Gives the lease back likewise, and waits a few seconds at most for the answer.
	 */
	void releaseAndWait() {
		CompletableFuture<Answer> released = delete();
		try {
			released.get(LONGEST_CLOSE.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException ex) {
			log.info("The release of lease {} of lock {} goes on in the background", this.lease, this.lock);
		}
		catch (ExecutionException ex) {
			log.debug("Lease {} of lock {} was not given back, as was reported", this.lease, this.lock, ex);
		}
	}

	private CompletableFuture<Answer> delete() {
		long giveUpAt = now() + Math.max(this.options.ttl().toNanos(), ANSWER.toNanos());
		return this.client.replicas()
			.send((base) -> request(base, "").timeout(ANSWER).DELETE().build(), giveUpAt)
			.whenComplete(this::report);
	}

	private void report(@Nullable Answer answer, @Nullable Throwable failure) {
		if (answer == null || answer.status() != Answer.OK) {
			Object reason = (answer != null) ? answer.refused().getMessage() : failure;
			log.warn("Lease {} of lock {} could not be given back and ends by its TTL of {}: {}", this.lease, this.lock,
					this.options.ttl(), reason);
		}
	}

	private HttpRequest.Builder request(URI base, String action) {
		String name = URLEncoder.encode(this.lock, StandardCharsets.UTF_8).replace("+", "%20");
		return HttpRequest.newBuilder(URI.create(base + "/api/v1/locks/" + name + "/leases/" + this.lease + action))
			.header("Content-Type", "application/json")
			.header("Accept", "application/json, application/problem+json");
	}

}
