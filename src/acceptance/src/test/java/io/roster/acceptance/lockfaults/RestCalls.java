package io.roster.acceptance.lockfaults;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.roster.fencing.FencingTokens;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calls about one lease at one replica, as any program would make them.
 */
final class RestCalls {

	private static final Duration ANSWER = Duration.ofSeconds(5);

	private static final Duration RENEWAL = Duration.ofMillis(700);

	private static final HttpClient HTTP = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(2))
		.build();

	private final String lease;

	RestCalls(URI replica, String lock, UUID lease) {
		this.lease = replica + "/api/v1/locks/" + lock + "/leases/" + lease;
	}

	CompletableFuture<Answer> acquire(String owner, Duration ttl, Duration wait) {
		String body = "{\"owner\":\"%s\",\"ttl\":\"%dms\",\"wait\":\"%dms\"}".formatted(owner, ttl.toMillis(),
				wait.toMillis());
		return send(request("").timeout(wait.plus(ANSWER)).PUT(BodyPublishers.ofString(body)));
	}

	CompletableFuture<Answer> renew(long token) {
		String body = "{\"fencingToken\":\"" + token + "\"}";
		return send(request("/renew").timeout(RENEWAL).POST(BodyPublishers.ofString(body)));
	}

	CompletableFuture<Answer> release() {
		return send(request("").timeout(ANSWER).DELETE());
	}

	private HttpRequest.Builder request(String action) {
		return HttpRequest.newBuilder(URI.create(this.lease + action)).header("Content-Type", "application/json");
	}

	private static CompletableFuture<Answer> send(HttpRequest.Builder request) {
		long sentAt = System.nanoTime();
		return HTTP.sendAsync(request.build(), BodyHandlers.ofString())
			.handle((response, failure) -> (response != null)
					? new Answer(response.statusCode(), response.body(), sentAt)
					: new Answer(0, String.valueOf(failure), sentAt));
	}

	/**
	 * An answer.
	 *
	 * @param status the status code, 0 where no answer came
	 * @param body the body, or what went wrong
	 * @param sentAt when the call was sent
	 */
	record Answer(int status, String body, long sentAt) {

		private static final JsonMapper JSON = JsonMapper.builder().build();

		/** What an acquire may be answered while something is wrong, or not. */
		private static final Set<Integer> EXPECTED = Set.of(0, 200, 202, 409, 410, 503);

		boolean isExpected() {
			return EXPECTED.contains(this.status);
		}

		long token() {
			return FencingTokens.parse(JSON.readTree(this.body).path("fencingToken").asString());
		}

		/** Whether the replica can vouch for the lease that it calls held. */
		boolean vouched() {
			return JSON.readTree(this.body).path("expiresInMs").asLong(0) > 0;
		}

	}

}
