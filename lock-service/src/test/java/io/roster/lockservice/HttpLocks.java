package io.roster.lockservice;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.roster.locks.AcquireRequest;
import io.roster.locks.AcquireResult;
import io.roster.locks.Claim;
import io.roster.locks.Deadlock;
import io.roster.locks.DeadlockList;
import io.roster.locks.DeclareResult;
import io.roster.locks.EndResult;
import io.roster.locks.FindResult;
import io.roster.locks.InvalidLockRequestException;
import io.roster.locks.Lease;
import io.roster.locks.LockKind;
import io.roster.locks.LockList;
import io.roster.locks.LockView;
import io.roster.locks.Locks;
import io.roster.locks.Mode;
import io.roster.locks.MultiClaim;
import io.roster.locks.MultiLease;
import io.roster.locks.MultiRequest;
import io.roster.locks.MultiResult;
import io.roster.locks.Place;
import io.roster.locks.ReleaseResult;
import io.roster.locks.RenewResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calls of the contract as requests to one replica, and its answers as results.
 *
 * @param url the replica
 * @param http sends the requests
 * @param keys those of the principals
 * @param nobody the key for what is asked for in nobody's name
 */
record HttpLocks(URI url, HttpClient http, List<ApiKey> keys, ApiKey nobody) implements Locks {

	private static final JsonMapper JSON = JsonMapper.shared();

	@Override
	public CompletableFuture<AcquireResult> acquire(AcquireRequest request) {
		Map<String, Object> body = new LinkedHashMap<>();
		if (request.owner() != null) {
			body.put("owner", request.owner());
		}
		body.put("mode", request.mode().name());
		body.put("ttl", request.ttl().toString());
		body.put("wait", request.maxWait().toString());
		body.put("metadata", request.metadata());
		body.put("onDeadlock", request.onDeadlock().name());
		return send(request.principal(), "PUT", lease(request.lock(), request.lease()), body, HttpLocks::acquired);
	}

	private static AcquireResult acquired(Answer answer) {
		return switch (answer.outcome()) {
			case "200" -> new AcquireResult.Held(answer.as(Lease.class));
			case "202" -> new AcquireResult.Waiting(answer.as(Lease.class));
			case "lock-held" -> new AcquireResult.Refused(List.of(answer.as("holders", Place[].class)));
			case "deadlock" -> new AcquireResult.Deadlocked(answer.as("cycle", Deadlock.class));
			case "mode-not-available" -> new AcquireResult.WrongKind(answer.as("kind", LockKind.class));
			case "lease-in-other-mode" -> new AcquireResult.OtherMode(answer.as("mode", Mode.class));
			case "queue-full" -> new AcquireResult.QueueFull(answer.as("limit", Integer.class));
			case "too-many-locks" -> new AcquireResult.TooManyLocks(answer.as("limit", Integer.class));
			case "lease-revoked" -> new AcquireResult.Revoked(answer.as("reason", String.class));
			case "lease-gone" -> new AcquireResult.Gone();
			case "not-your-lease" -> new AcquireResult.NotYours();
			default -> throw answer.unexpected();
		};
	}

	@Override
	public CompletableFuture<RenewResult> renew(Claim claim, @Nullable String fencingToken) {
		Map<String, Object> body = (fencingToken != null) ? Map.of("fencingToken", fencingToken) : Map.of();
		return send(claim.principal(), "POST", lease(claim) + "/renew", body, (answer) -> switch (answer.outcome()) {
			case "200" -> new RenewResult.Renewed(answer.as(Lease.class));
			case "lease-revoked" -> new RenewResult.Revoked(answer.as("reason", String.class));
			case "lease-gone" -> new RenewResult.Gone();
			case "not-your-lease" -> new RenewResult.NotYours();
			default -> throw answer.unexpected();
		});
	}

	@Override
	public CompletableFuture<ReleaseResult> release(Claim claim) {
		return send(claim.principal(), "DELETE", lease(claim), null, HttpLocks::released);
	}

	@Override
	public CompletableFuture<EndResult> force(String lock, UUID lease, String reason) {
		return send("DELETE", lease(lock, lease) + "?force=true&reason=" + encode(reason), null,
				(answer) -> (answer.as("state", ReleaseResult.class) == ReleaseResult.RELEASED) ? EndResult.DONE
						: EndResult.GONE);
	}

	@Override
	public CompletableFuture<EndResult> revoke(String lock, UUID lease, String reason) {
		return send("POST", lease(lock, lease) + "/revoke", Map.of("reason", reason),
				(answer) -> answer.as("state", String.class).equals("REVOKED") ? EndResult.DONE : EndResult.GONE);
	}

	@Override
	public CompletableFuture<MultiResult> acquire(MultiRequest request) {
		Map<String, Object> body = new LinkedHashMap<>();
		if (request.owner() != null) {
			body.put("owner", request.owner());
		}
		body.put("lease", request.lease().toString());
		body.put("locks", request.locks());
		body.put("ttl", request.ttl().toString());
		body.put("wait", request.maxWait().toString());
		body.put("metadata", request.metadata());
		return send(request.principal(), "POST", "/api/v1/multi-locks", body, HttpLocks::several);
	}

	private static MultiResult several(Answer answer) {
		return switch (answer.outcome()) {
			case "200", "202" -> new MultiResult.Standing(answer.as(MultiLease.class));
			default -> new MultiResult.Ended(acquired(answer));
		};
	}

	@Override
	public CompletableFuture<MultiResult> renew(MultiClaim claim, @Nullable String fencingToken) {
		Map<String, Object> body = (fencingToken != null) ? Map.of("fencingToken", fencingToken) : Map.of();
		return send(claim.principal(), "POST", lease(claim) + "/renew", body, HttpLocks::several);
	}

	@Override
	public CompletableFuture<ReleaseResult> release(MultiClaim claim) {
		return send(claim.principal(), "DELETE", lease(claim), null, HttpLocks::released);
	}

	private static ReleaseResult released(Answer answer) {
		return answer.outcome().equals("not-your-lease") ? ReleaseResult.NOT_YOURS
				: answer.as("state", ReleaseResult.class);
	}

	@Override
	public CompletableFuture<MultiResult> find(MultiClaim claim) {
		return send(claim.principal(), "GET", lease(claim), null, HttpLocks::several);
	}

	private static String lease(MultiClaim claim) {
		return "/api/v1/multi-locks/" + claim.lease();
	}

	@Override
	public CompletableFuture<DeclareResult> declare(String lock, LockKind kind, int permits) {
		Map<String, Object> body = Map.of("kind", kind.name(), "permits", permits);
		return send("PUT", lock(lock), body, (answer) -> switch (answer.outcome()) {
			case "200" ->
				new DeclareResult.Declared(answer.as("kind", LockKind.class), answer.as("permits", Integer.class));
			case "lock-in-use" ->
				new DeclareResult.InUse(answer.as("kind", LockKind.class), answer.as("permits", Integer.class));
			default -> throw answer.unexpected();
		});
	}

	@Override
	public CompletableFuture<FindResult> find(Claim claim) {
		return send(claim.principal(), "GET", lease(claim), null, (answer) -> switch (answer.outcome()) {
			case "200" -> new FindResult.Found(answer.as(Lease.class));
			case "lease-gone" -> new FindResult.Gone();
			case "not-your-lease" -> new FindResult.NotYours();
			default -> throw answer.unexpected();
		});
	}

	@Override
	public CompletableFuture<LockView> view(String lock) {
		return send("GET", lock(lock), null, (answer) -> answer.as(LockView.class));
	}

	@Override
	public CompletableFuture<LockList> locks() {
		return send("GET", "/api/v1/locks", null, (answer) -> answer.as(LockList.class));
	}

	@Override
	public CompletableFuture<DeadlockList> deadlocks() {
		return send("GET", "/api/v1/deadlocks", null, (answer) -> answer.as(DeadlockList.class));
	}

	@Override
	public void close() {
		// The replica is its owner's.
	}

	private static String lock(String lock) {
		return "/api/v1/locks/" + encode(lock);
	}

	private static String lease(Claim claim) {
		return lease(claim.lock(), claim.lease());
	}

	private static String lease(String lock, UUID lease) {
		return lock(lock) + "/leases/" + lease;
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace(".", "%2E");
	}

	private String authorization(@Nullable String principal) {
		return this.keys.stream()
			.filter((key) -> key.principal().equals(principal))
			.findFirst()
			.orElse(this.nobody)
			.header();
	}

	private <T> CompletableFuture<T> send(String method, String path, @Nullable Map<String, Object> body,
			Function<Answer, T> read) {
		return send(null, method, path, body, read);
	}

	private <T> CompletableFuture<T> send(@Nullable String principal, String method, String path,
			@Nullable Map<String, Object> body, Function<Answer, T> read) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + path))
			.header("Authorization", authorization(principal))
			.method(method,
					(body != null) ? BodyPublishers.ofString(JSON.writeValueAsString(body)) : BodyPublishers.noBody());
		if (body != null) {
			request.header("Content-Type", "application/json");
		}
		return this.http.sendAsync(request.build(), BodyHandlers.ofString())
			.thenApply((response) -> read.apply(Answer.of(response)));
	}

	/**
	 * An answer that is no refusal of a field.
	 *
	 * @param status the status
	 * @param json the body
	 */
	private record Answer(int status, JsonNode json) {

		private static final String TYPE = "urn:roster:problem:";

		static Answer of(HttpResponse<String> response) {
			Answer answer = new Answer(response.statusCode(), JSON.readTree(response.body()));
			if (response.statusCode() == 400) {
				throw new InvalidLockRequestException(answer.json.path("field").asString(""),
						answer.json.path("detail").asString());
			}
			return answer;
		}

		/** The status, or what kind of problem it is. */
		String outcome() {
			String type = this.json.path("type").asString("");
			return type.startsWith(TYPE) ? type.substring(TYPE.length()) : Integer.toString(this.status);
		}

		<T> T as(Class<T> type) {
			if (this.status >= 300) {
				throw unexpected();
			}
			return JSON.treeToValue(this.json, type);
		}

		<T> T as(String field, Class<T> type) {
			if (!this.json.has(field)) {
				throw unexpected();
			}
			return JSON.treeToValue(this.json.path(field), type);
		}

		IllegalStateException unexpected() {
			return new IllegalStateException("an answer that is none: " + this);
		}

	}

}
