package io.roster.acceptance.lockfaults;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.roster.acceptance.lockfaults.Client.Wanted;
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

	private final String acquire;

	private final String lease;

	private final String method;

	private final Map<String, Object> body = new LinkedHashMap<>();

	RestCalls(URI replica, Wanted wanted, UUID lease) {
		Aim aim = wanted.aim();
		String api = replica + "/api/v1/";
		this.lease = api + (aim.isMultiple() ? "multi-locks/" : "locks/" + aim.locks().get(0) + "/leases/") + lease;
		this.acquire = aim.isMultiple() ? api + "multi-locks" : this.lease;
		this.method = aim.isMultiple() ? "POST" : "PUT";
		this.body.put("ttl", wanted.ttl().toMillis() + "ms");
		this.body.put("metadata", wanted.metadata());
		if (aim.isMultiple()) {
			this.body.put("lease", lease.toString());
			this.body.put("locks", aim.locks());
		}
		else {
			this.body.put("mode", aim.shared() ? "SHARED" : "EXCLUSIVE");
		}
	}

	/** Says what a lock is. */
	static Answer declare(URI replica, String lock) {
		return send(request(replica + "/api/v1/locks/" + lock).timeout(ANSWER)
			.PUT(BodyPublishers.ofString(Fleet.declaration(lock)))).join();
	}

	CompletableFuture<Answer> acquire(String owner, Duration wait) {
		this.body.put("owner", owner);
		this.body.put("wait", wait.toMillis() + "ms");
		return send(request(this.acquire).timeout(wait.plus(ANSWER))
			.method(this.method, BodyPublishers.ofByteArray(Answer.JSON.writeValueAsBytes(this.body))));
	}

	CompletableFuture<Answer> renew(long token) {
		String body = "{\"fencingToken\":\"" + token + "\"}";
		return send(request(this.lease + "/renew").timeout(RENEWAL).POST(BodyPublishers.ofString(body)));
	}

	CompletableFuture<Answer> release() {
		return send(request(this.lease).timeout(ANSWER).DELETE());
	}

	private static HttpRequest.Builder request(String url) {
		return HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json");
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
		private static final Set<Integer> EXPECTED = Set.of(0, 200, 202, 410, 503);

		boolean isExpected() {
			return EXPECTED.contains(this.status) || isHeldByOthers();
		}

		boolean isHeldByOthers() {
			return this.status == 409 && this.body.contains("urn:roster:problem:lock-held");
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
