package io.roster.lockservice;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.roster.ensemble.LocalEnsemble;
import io.roster.locks.client.HeldLock;
import io.roster.locks.client.LockAccessDeniedException;
import io.roster.locks.client.LockClient;
import io.roster.lockservice.Replica.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whose a lease is, what strangers see of it, and how many of a principal's calls wait,
 * by their status codes and fields.
 */
class PrincipalCallsTest {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static final ApiKey BILLING = ApiKey.of("billing", "client");

	private static final ApiKey SHIPPING = ApiKey.of("shipping", "client");

	private static final ApiKey VIEWER = ApiKey.of("wall", "viewer");

	private static final ApiKey OPERATOR = ApiKey.of("ann", "operator");

	private static LocalEnsemble ensemble;

	private static Replica replica;

	private final UUID lease = UUID.randomUUID();

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		String[] properties = Stream
			.concat(Stream.of("roster.locks.max-waits-per-principal=2"),
					Stream.of(ApiKey.properties(BILLING, SHIPPING, VIEWER, OPERATOR)))
			.toArray(String[]::new);
		replica = Replica.start(ensemble.connectString(), properties).awaitReady();
	}

	@AfterAll
	static void stop() {
		replica.close();
		ensemble.close();
	}

	@Test
	void theLeaseOfAnotherPrincipalIs403AndStaysAsItIs() {
		String path = Replica.lease("owned", this.lease);
		assertThat(put(BILLING, path, "30s", "0s").status()).isEqualTo(200);
		List<Answer> answers = List.of(put(SHIPPING, path, "1s", "0s"), put(SHIPPING, path, "1s", "10s"),
				send(SHIPPING, "POST", path + "/renew"), send(SHIPPING, "GET", path), send(VIEWER, "GET", path),
				send(SHIPPING, "DELETE", path), send(OPERATOR, "DELETE", path));
		assertThat(answers).allSatisfy((answer) -> {
			assertThat(answer.status()).as(answer.text()).isEqualTo(403);
			assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
			assertThat(answer.field("type")).isEqualTo("urn:roster:problem:not-your-lease");
			assertThat(answer.field("detail")).isNotEmpty();
		});
		Answer found = send(BILLING, "GET", path);
		assertThat(found.field("state")).isEqualTo("HELD");
		assertThat(found.field("ttl")).isEqualTo("30s");
		assertThat(send(BILLING, "POST", path + "/renew").status()).isEqualTo(200);
		assertThat(send(BILLING, "DELETE", path).field("state")).isEqualTo("RELEASED");
	}

	@Test
	void anOperatorEndsTheLeaseOfAnybody() {
		String path = Replica.lease("ended", this.lease);
		put(BILLING, path, "30s", "0s");
		assertThat(send(OPERATOR, "DELETE", path + "?force=true&reason=hangs").field("state")).isEqualTo("RELEASED");
		JsonNode forced = send(OPERATOR, "GET", "/api/v1/audit?lock=ended").json().path("records").path(1);
		assertThat(forced.path("change").asString()).isEqualTo("FORCED");
		assertThat(forced.path("principal").asString()).isEqualTo("billing");
	}

	@Test
	void aListingShowsStrangersNothingToActWith() {
		String path = Replica.lease("listed", this.lease);
		String token = token(put(BILLING, path, "30s", "0s"));
		UUID waiting = UUID.randomUUID();
		assertThat(put(SHIPPING, Replica.lease("listed", waiting), "30s", "1ms").status()).isEqualTo(202);
		assertThat(queue(BILLING)).contains(this.lease.toString(), token).doesNotContain(waiting.toString());
		assertThat(queue(SHIPPING)).contains(waiting.toString()).doesNotContain(this.lease.toString(), token);
		assertThat(queue(OPERATOR)).contains(this.lease.toString(), token, waiting.toString());
		assertThat(queue(VIEWER)).doesNotContain(this.lease.toString(), token, waiting.toString(), "\"node\"");
		JsonNode holder = send(VIEWER, "GET", "/api/v1/locks/listed").json().path("holders").path(0);
		assertThat(holder.path("owner").asString()).isEqualTo("test");
		assertThat(holder.path("principal").asString()).isEqualTo("billing");
		assertThat(holder.path("state").asString()).isEqualTo("HELD");
		assertThat(holder.has("lease")).isFalse();
	}

	@Test
	void aRefusalShowsStrangersNothingToActWith() {
		String token = token(put(BILLING, Replica.lease("refused", this.lease), "30s", "0s"));
		Answer stranger = put(SHIPPING, Replica.lease("refused", UUID.randomUUID()), "30s", "0s");
		assertThat(stranger.field("type")).isEqualTo("urn:roster:problem:lock-held");
		assertThat(stranger.json().path("holders")).hasSize(1);
		assertThat(stranger.text()).doesNotContain(this.lease.toString(), token);
		Answer own = put(BILLING, Replica.lease("refused", UUID.randomUUID()), "30s", "0s");
		assertThat(own.text()).contains(this.lease.toString(), token);
	}

	@Test
	void asManyCallsOfAPrincipalWaitAsMayAndNoMore() throws Exception {
		put(OPERATOR, Replica.lease("waits", this.lease), "30s", "0s");
		CompletableFuture<Answer> one = later(SHIPPING, Replica.lease("waits", UUID.randomUUID()), "30s");
		awaitWaiters(1);
		CompletableFuture<Answer> two = later(SHIPPING, Replica.lease("waits", UUID.randomUUID()), "30s");
		awaitWaiters(2);
		Answer third = put(SHIPPING, Replica.lease("waits", UUID.randomUUID()), "30s", "10s");
		assertThat(third.status()).isEqualTo(429);
		assertThat(third.field("type")).isEqualTo("urn:roster:problem:too-many-waits");
		assertThat(third.json().path("limit").intValue()).isEqualTo(2);
		awaitWaiters(2);
		// Neither those of others nor what does not wait is counted, nor what is refused.
		assertThat(put(BILLING, Replica.lease("waits", UUID.randomUUID()), "30s", "1ms").status()).isEqualTo(202);
		assertThat(put(SHIPPING, Replica.lease("waits", UUID.randomUUID()), "30s", "0s").status()).isEqualTo(409);
		assertThat(one).isNotDone();
		assertThat(send(OPERATOR, "DELETE", Replica.lease("waits", this.lease)).field("state")).isEqualTo("RELEASED");
		Answer granted = one.get(60, TimeUnit.SECONDS);
		assertThat(granted.field("state")).isEqualTo("HELD");
		assertThat(put(SHIPPING, Replica.lease("waits", UUID.randomUUID()), "0s", "10s").status()).isEqualTo(400);
		assertThat(put(SHIPPING, Replica.lease("waits", UUID.randomUUID()), "30s", "1ms").status()).isEqualTo(202);
		assertThat(two).isNotDone();
	}

	@Test
	void aClientIsKnownByItsTokenAndIsToldWhenItIsNot() throws InterruptedException {
		try (LockClient client = client(BILLING); LockClient stranger = client(ApiKey.of("nobody", "client"))) {
			try (HeldLock held = client.acquire("client")) {
				assertThat(queue(VIEWER, "client")).contains("\"principal\":\"billing\"");
				held.renew();
			}
			assertThatExceptionOfType(LockAccessDeniedException.class).isThrownBy(() -> stranger.tryAcquire("client"))
				.satisfies((ex) -> assertThat(ex.status()).isEqualTo(401));
		}
	}

	private static LockClient client(ApiKey key) {
		return LockClient.builder().url(replica.url()).bearerToken(key::text).build();
	}

	private static void awaitWaiters(int count) {
		Awaitility.await()
			.atMost(BOUND)
			.untilAsserted(
					() -> assertThat(send(VIEWER, "GET", "/api/v1/locks/waits").json().path("waiters")).hasSize(count));
	}

	private static String token(Answer held) {
		return "\"fencingToken\":\"" + held.field("fencingToken") + "\"";
	}

	private static String queue(ApiKey key) {
		return queue(key, "listed");
	}

	private static String queue(ApiKey key, String lock) {
		return send(key, "GET", "/api/v1/locks/" + lock).text();
	}

	private static Answer put(ApiKey key, String path, String ttl, String wait) {
		return replica.send(replica.request(path)
			.header("Authorization", key.header())
			.PUT(BodyPublishers.ofString(Replica.body(ttl, wait))));
	}

	private static CompletableFuture<Answer> later(ApiKey key, String path, String ttl) {
		return replica.sendLater(replica.request(path)
			.header("Authorization", key.header())
			.PUT(BodyPublishers.ofString(Replica.body(ttl, "60s"))));
	}

	private static Answer send(ApiKey key, String method, String path) {
		return replica
			.send(replica.request(path).header("Authorization", key.header()).method(method, BodyPublishers.noBody()));
	}

}
