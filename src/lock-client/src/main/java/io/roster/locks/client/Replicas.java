package io.roster.locks.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The replicas of one lock service, any of which serves any lease. A call that got no
 * answer, or a server's error, goes to the next replica, again and again within a bound:
 * every call of the service may be repeated.
 */
final class Replicas {

	private static final Logger log = LoggerFactory.getLogger(Replicas.class);

	private static final int TOO_MANY_REQUESTS = 429;

	private static final int SERVER_ERROR = 500;

	private final HttpClient http;

	private final List<URI> urls;

	private final LongSupplier ticker;

	// The replica that answered last is asked first.
	private final AtomicInteger current = new AtomicInteger();

	private final AtomicBoolean reachable = new AtomicBoolean(true);

	Replicas(HttpClient http, List<URI> urls, LongSupplier ticker) {
		this.http = http;
		this.urls = List.copyOf(urls);
		this.ticker = ticker;
	}

	/**
	 * Sends a call until it is answered.
	 * @param call makes the request of each attempt, for one replica's base URL
	 * @param giveUpAt the ticker after which no further attempt starts
	 * @return completes with the answer, or with {@link LockUnavailableException}; once
	 * it is cancelled no further attempt starts
	 */
	CompletableFuture<Answer> send(Call call, long giveUpAt) {
		CompletableFuture<Answer> result = new CompletableFuture<>();
		attempt(new Attempt(call, giveUpAt, 0, result));
		return result;
	}

	/**
	 * Whether a replica has answered since all of them, in turn, did not.
	 */
	boolean reachable() {
		return this.reachable.get();
	}

	private void attempt(Attempt attempt) {
		if (attempt.result.isDone()) {
			return;
		}
		try {
			exchange(attempt);
		}
		catch (RuntimeException ex) {
			attempt.result.completeExceptionally(ex);
		}
	}

	private void exchange(Attempt attempt) {
		int asked = this.current.get();
		HttpRequest request = attempt.call.to(this.urls.get(Math.floorMod(asked, this.urls.size())));
		long sentAt = this.ticker.getAsLong();
		CompletableFuture<HttpResponse<byte[]>> exchange = this.http.sendAsync(request, BodyHandlers.ofByteArray());
		cancelWith(attempt.result, exchange);
		CompletableFuture<?> unused = exchange.whenComplete((response, failure) -> {
			try {
				settle(new Asked(attempt, asked, request, sentAt), response, failure);
			}
			catch (RuntimeException ex) {
				attempt.result.completeExceptionally(ex);
			}
		});
	}

	private static void cancelWith(CompletableFuture<Answer> result, CompletableFuture<?> exchange) {
		CompletableFuture<?> unused = result.whenComplete((answer, failure) -> {
			if (failure instanceof CancellationException) {
				exchange.cancel(true);
			}
		});
	}

	private void settle(Asked asked, @Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
		if (response == null) {
			Throwable cause = (failure instanceof CompletionException && failure.getCause() != null)
					? failure.getCause() : failure;
			if (cause instanceof IOException) {
				again(asked, "gave no answer (" + cause + ")", cause, null);
			}
			else {
				asked.attempt.result
					.completeExceptionally((cause != null) ? cause : new IllegalStateException("no answer"));
			}
			return;
		}
		if (response.statusCode() >= SERVER_ERROR || response.statusCode() == TOO_MANY_REQUESTS) {
			again(asked, "answered " + response.statusCode(), null, response);
			return;
		}
		try {
			Answer answer = Answer.of(response, asked.sentAt);
			if (this.reachable.compareAndSet(false, true)) {
				log.info("The lock service answers again, at {}", asked.request.uri().getAuthority());
			}
			asked.attempt.result.complete(answer);
		}
		catch (JacksonException ex) {
			again(asked, "answered " + response.statusCode() + " without JSON", ex, response);
		}
	}

	private void again(Asked asked, String what, @Nullable Throwable cause, @Nullable HttpResponse<?> response) {
		Attempt attempt = asked.attempt;
		if (attempt.result.isDone()) {
			return;
		}
		// Of many calls that fail at one replica, one moves all to the next.
		this.current.compareAndSet(asked.replica, asked.replica + 1);
		int next = attempt.number + 1;
		boolean roundDone = next % this.urls.size() == 0;
		if (roundDone && this.reachable.compareAndSet(true, false)) {
			log.warn("No replica of the lock service answers: {} {}", asked.request.uri().getAuthority(), what);
		}
		Duration pause = roundDone ? Backoff.afterRound(next / this.urls.size() - 1, response) : Duration.ZERO;
		if (this.ticker.getAsLong() + pause.toNanos() - attempt.giveUpAt >= 0) {
			attempt.result.completeExceptionally(new LockUnavailableException(
					"no replica of the lock service answered %s in time; after %d attempts %s %s"
						.formatted(asked.request.method(), next, asked.request.uri(), what),
					cause));
			return;
		}
		Executor later = CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS);
		later.execute(() -> attempt(new Attempt(attempt.call, attempt.giveUpAt, next, attempt.result)));
	}

	/**
	 * Makes the request of one attempt.
	 */
	@FunctionalInterface
	interface Call {

		HttpRequest to(URI base);

	}

	private record Attempt(Call call, long giveUpAt, int number, CompletableFuture<Answer> result) {
	}

	private record Asked(Attempt attempt, int replica, HttpRequest request, long sentAt) {
	}

}
