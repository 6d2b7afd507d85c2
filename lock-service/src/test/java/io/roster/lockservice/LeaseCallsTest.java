package io.roster.lockservice;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.roster.ensemble.LocalEnsemble;
import io.roster.lockservice.Replica.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each call of the contract, by its status codes and fields.
 */
class LeaseCallsTest {

	private static LocalEnsemble ensemble;

	private static Replica replica;

	private final UUID first = UUID.randomUUID();

	private final UUID second = UUID.randomUUID();

	private String lock;

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		replica = Replica.start(ensemble.connectString()).awaitReady();
	}

	@AfterAll
	static void stop() {
		replica.close();
		ensemble.close();
	}

	@BeforeEach
	void nameTheLock(TestInfo test) {
		this.lock = test.getTestMethod().orElseThrow().getName();
	}

	@Test
	void aFreeLockIsHeldAtOnce() {
		Answer answer = replica.put(Replica.lease(this.lock, this.first),
				"{\"owner\":\"ann\",\"mode\":\"EXCLUSIVE\",\"ttl\":\"PT30S\",\"wait\":\"10s\","
						+ "\"onDeadlock\":\"WAIT\",\"metadata\":{\"bike\":\"7\"}}");
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).startsWith("application/json");
		assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
		JsonNode lease = answer.json();
		assertThat(lease.propertyNames()).containsExactlyInAnyOrder("lock", "lease", "owner", "mode", "state",
				"position", "fencingToken", "ttl", "expiresInMs");
		assertThat(answer.field("lock")).isEqualTo(this.lock);
		assertThat(answer.field("lease")).isEqualTo(this.first.toString());
		assertThat(answer.field("owner")).isEqualTo("ann");
		assertThat(answer.field("mode")).isEqualTo("EXCLUSIVE");
		assertThat(answer.field("state")).isEqualTo("HELD");
		assertThat(lease.path("position").intValue()).isZero();
		assertThat(answer.field("fencingToken")).matches("[1-9]\\d*");
		assertThat(answer.field("ttl")).isEqualTo("30s");
		assertThat(lease.path("expiresInMs").longValue()).isBetween(25_000L, 30_000L);
	}

	@Test
	void aBodyMayBeLeftOut() {
		Answer answer = replica
			.send(replica.request(Replica.lease(this.lock, this.first)).PUT(BodyPublishers.noBody()));
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(answer.field("ttl")).isEqualTo("30s");
		assertThat(answer.json().has("owner")).isFalse();
	}

	@Test
	void theSameCallIsTheSameLease() {
		String token = replica.acquire(this.lock, this.first, "30s", "0s").field("fencingToken");
		Answer again = replica.acquire(this.lock, this.first, "30s", "0s");
		assertThat(again.status()).isEqualTo(200);
		assertThat(again.field("fencingToken")).isEqualTo(token);
		assertThat(replica.queue(this.lock).json().path("holders")).hasSize(1);
	}

	@Test
	void aQueueIsToldUpToALimit() {
		replica.acquire(this.lock, this.first, "30s", "0s");
		replica.acquire(this.lock, this.second, "30s", "1ms");
		replica.acquire(this.lock, UUID.randomUUID(), "30s", "1ms");
		JsonNode queue = replica.get("/api/v1/locks/" + this.lock + "?limit=1").json();
		assertThat(queue.path("holders")).hasSize(1);
		assertThat(queue.path("waiters")).hasSize(1);
		assertThat(queue.path("waiters").path(0).path("lease").asString()).isEqualTo(this.second.toString());
		Answer refused = replica.get("/api/v1/locks/" + this.lock + "?limit=0");
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.field("field")).isEqualTo("limit");
	}

	@Test
	void withoutAWaitALockThatIsHeldIsRefusedWithItsHoldersAndNothingIsLeft() {
		replica.acquire(this.lock, this.first, "30s", "0s");
		Answer refused = replica.acquire(this.lock, this.second, "30s", "0s");
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(refused.field("type")).isEqualTo("urn:roster:problem:lock-held");
		JsonNode holder = refused.json().path("holders").path(0);
		assertThat(holder.path("lease").asString()).isEqualTo(this.first.toString());
		assertThat(holder.path("owner").asString()).isEqualTo("test");
		assertThat(holder.path("client").asString()).isEqualTo("rest");
		assertThat(holder.path("node").asString()).matches("_c_" + this.first + "-lock-\\d{10}");
		assertThat(holder.has("sinceMs")).isTrue();
		JsonNode queue = replica.queue(this.lock).json();
		assertThat(queue.path("holders")).hasSize(1);
		assertThat(queue.path("waiters")).isEmpty();
		assertThat(replica.find(this.lock, this.second).status()).isEqualTo(410);
	}

	@Test
	void aWaitThatHasPassedKeepsThePlaceAndTheSameCallGoesOnWaiting() {
		replica.acquire(this.lock, this.first, "30s", "0s");
		Answer waiting = replica.acquire(this.lock, this.second, "30s", "200ms");
		assertThat(waiting.status()).isEqualTo(202);
		assertThat(waiting.field("state")).isEqualTo("WAITING");
		assertThat(waiting.json().path("position").intValue()).isEqualTo(1);
		assertThat(waiting.json().has("fencingToken")).isFalse();
		JsonNode queue = replica.queue(this.lock).json();
		assertThat(queue.path("waiters")).hasSize(1);
		String place = queue.path("waiters").path(0).path("node").asString();
		CompletableFuture<Answer> goesOn = replica.acquireLater(this.lock, this.second, "30s", "20s");
		assertThat(replica.release(this.lock, this.first).field("state")).isEqualTo("RELEASED");
		assertThat(goesOn).succeedsWithin(Duration.ofSeconds(10));
		assertThat(goesOn.join().field("state")).isEqualTo("HELD");
		assertThat(replica.queue(this.lock).json().path("holders").path(0).path("node").asString()).isEqualTo(place);
	}

	@Test
	void tokensGrowFromHolderToHolder() {
		long last = 0;
		for (int i = 0; i < 5; i++) {
			UUID lease = UUID.randomUUID();
			long token = Long.parseLong(replica.acquire(this.lock, lease, "30s", "0s").field("fencingToken"));
			assertThat(token).isGreaterThan(last);
			last = token;
			replica.release(this.lock, lease);
		}
	}

	@Test
	void aRenewalKeepsTheLeaseAndItsToken() {
		String token = replica.acquire(this.lock, this.first, "30s", "0s").field("fencingToken");
		Answer renewed = replica.renew(this.lock, this.first);
		assertThat(renewed.status()).as(renewed.text()).isEqualTo(200);
		assertThat(renewed.field("state")).isEqualTo("HELD");
		assertThat(renewed.field("fencingToken")).isEqualTo(token);
		Answer withToken = replica.post(Replica.lease(this.lock, this.first) + "/renew",
				"{\"fencingToken\":\"%s\"}".formatted(token));
		assertThat(withToken.status()).as(withToken.text()).isEqualTo(200);
		assertThat(withToken.field("fencingToken")).isEqualTo(token);
	}

	@Test
	void aLeaseThatIsGoneIs410ForARenewalAndALookAndGoneForARelease() {
		replica.acquire(this.lock, this.first, "30s", "0s");
		assertThat(replica.find(this.lock, this.first).field("state")).isEqualTo("HELD");
		assertThat(replica.release(this.lock, this.first).field("state")).isEqualTo("RELEASED");
		Answer renewed = replica.renew(this.lock, this.first);
		assertThat(renewed.status()).isEqualTo(410);
		assertThat(renewed.field("type")).isEqualTo("urn:roster:problem:lease-gone");
		assertThat(replica.find(this.lock, this.first).status()).isEqualTo(410);
		Answer again = replica.release(this.lock, this.first);
		assertThat(again.status()).isEqualTo(200);
		assertThat(again.field("state")).isEqualTo("GONE");
	}

	@Test
	void aPlaceInTheQueueIsGivenUpByARelease() {
		replica.acquire(this.lock, this.first, "30s", "0s");
		replica.acquire(this.lock, this.second, "30s", "100ms");
		assertThat(replica.release(this.lock, this.second).field("state")).isEqualTo("RELEASED");
		assertThat(replica.queue(this.lock).json().path("waiters")).isEmpty();
	}

	@Test
	void theServerMakesALeaseIdWhereTheClientDoesNot() {
		Answer created = replica.post("/api/v1/locks/" + this.lock + "/leases", "{\"wait\":\"0s\"}");
		assertThat(created.status()).as(created.text()).isEqualTo(201);
		String location = created.header("Location");
		assertThat(location).isEqualTo("/api/v1/locks/" + this.lock + "/leases/" + created.field("lease"));
		assertThat(replica.get(location).field("fencingToken")).isEqualTo(created.field("fencingToken"));
		Answer waiting = replica.post("/api/v1/locks/" + this.lock + "/leases", "{\"wait\":\"100ms\"}");
		assertThat(waiting.status()).isEqualTo(202);
		assertThat(waiting.header("Location")).endsWith(waiting.field("lease"));
		assertThat(replica.post("/api/v1/locks/" + this.lock + "/leases", "{}").status()).isEqualTo(409);
	}

	@Test
	void theQueueShowsEverybody() {
		replica.acquire(this.lock, this.first, "30s", "0s");
		replica.acquire(this.lock, this.second, "30s", "100ms");
		JsonNode queue = replica.queue(this.lock).json();
		assertThat(queue.path("name").asString()).isEqualTo(this.lock);
		assertThat(queue.path("kind").asString()).isEqualTo("MUTEX");
		assertThat(queue.path("permits").intValue()).isEqualTo(1);
		assertThat(queue.path("revision").asString()).matches("\\d+");
		assertThat(queue.path("holders").path(0).path("state").asString()).isEqualTo("HELD");
		assertThat(queue.path("waiters").path(0).path("state").asString()).isEqualTo("WAITING");
		assertThat(queue.path("waiters").path(0).path("position").intValue()).isEqualTo(1);
		JsonNode all = replica.get("/api/v1/locks").json().path("locks");
		assertThat(all).anySatisfy((summary) -> {
			assertThat(summary.path("name").asString()).isEqualTo(this.lock);
			assertThat(summary.path("holders").intValue()).isEqualTo(1);
			assertThat(summary.path("waiters").intValue()).isEqualTo(1);
		});
	}

	@Test
	void aLockThatNobodyUsesHasAnEmptyQueue() {
		Answer queue = replica.queue("nobody");
		assertThat(queue.status()).isEqualTo(200);
		assertThat(queue.json().path("holders")).isEmpty();
		assertThat(queue.json().path("waiters")).isEmpty();
	}

	@Test
	void aMutexHasNoSharedMode() {
		replica.acquire(this.lock, this.first, "30s", "0s");
		Answer refused = replica.put(Replica.lease(this.lock, this.second), "{\"mode\":\"SHARED\",\"wait\":\"1s\"}");
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.field("type")).isEqualTo("urn:roster:problem:mode-not-available");
		assertThat(replica.queue(this.lock).json().path("waiters")).isEmpty();
	}

	@Test
	void anAbandonedLeaseIsGoneWithinItsTtlAndTwoSeconds() {
		long start = System.nanoTime();
		replica.acquire(this.lock, this.first, "1s", "0s");
		replica.acquire(this.lock, this.second, "1s", "0s");
		Answer next = replica.acquire(this.lock, this.second, "1s", "30s");
		Duration taken = Duration.ofNanos(System.nanoTime() - start);
		assertThat(next.status()).as(next.text()).isEqualTo(200);
		assertThat(taken).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
		await().atMost(Duration.ofSeconds(30)).until(() -> replica.renew(this.lock, this.first).status() == 410);
	}

	@Test
	void aClientThatGoesAwayLeavesTheQueueWhenItsWaitAndItsTtlHavePassed() {
		replica.acquire(this.lock, this.first, "30s", "0s");
		CompletableFuture<Answer> left = replica.acquireLater(this.lock, this.second, "4s", "1s");
		await().atMost(Duration.ofSeconds(30)).until(() -> replica.queue(this.lock).json().path("waiters").size() == 1);
		left.cancel(true);
		await().atMost(Duration.ofSeconds(30)).until(() -> replica.queue(this.lock).json().path("waiters").isEmpty());
	}

}
