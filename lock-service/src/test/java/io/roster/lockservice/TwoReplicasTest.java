package io.roster.lockservice;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.roster.ensemble.LocalEnsemble;
import io.roster.lockservice.Replica.Answer;
import io.roster.locks.client.AcquireOptions;
import io.roster.locks.client.HeldLock;
import io.roster.locks.client.LockClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Any replica serves any lease.
 */
class TwoReplicasTest {

	private static LocalEnsemble ensemble;

	private static Replica left;

	private static Replica right;

	private final UUID first = UUID.randomUUID();

	private final UUID second = UUID.randomUUID();

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		left = Replica.start(ensemble.connectString()).awaitReady();
		right = Replica.start(ensemble.connectString()).awaitReady();
	}

	@AfterAll
	static void stop() {
		left.close();
		right.close();
		ensemble.close();
	}

	@Test
	void aLeaseTakenAtOneIsRenewedAndReleasedAtTheOther() {
		String token = left.acquire("moved", this.first, "30s", "0s").field("fencingToken");
		Answer renewed = right.renew("moved", this.first);
		assertThat(renewed.field("state")).isEqualTo("HELD");
		assertThat(renewed.field("fencingToken")).isEqualTo(token);
		assertThat(right.release("moved", this.first).field("state")).isEqualTo("RELEASED");
		assertThat(left.renew("moved", this.first).status()).isEqualTo(410);
	}

	@Test
	void aCallRepeatedAtTheOtherKeepsItsPlace() {
		left.acquire("place", this.first, "30s", "0s");
		left.acquire("place", this.second, "30s", "100ms");
		UUID third = UUID.randomUUID();
		left.acquire("place", third, "30s", "100ms");
		Answer again = right.acquire("place", this.second, "30s", "100ms");
		assertThat(again.status()).isEqualTo(202);
		assertThat(again.json().path("position").intValue()).isEqualTo(1);
		assertThat(right.queue("place").json().path("waiters")).hasSize(2);
		CompletableFuture<Answer> granted = right.acquireLater("place", this.second, "30s", "30s");
		left.release("place", this.first);
		assertThat(granted).succeedsWithin(Duration.ofSeconds(10))
			.satisfies((answer) -> assertThat(answer.field("state")).isEqualTo("HELD"));
		left.release("place", this.second);
		left.release("place", third);
	}

	@Test
	void aReplicaThatStopsAnswersItsWaitersWhoGoOnAtTheOther() {
		Replica stopping = Replica.start(ensemble.connectString()).awaitReady();
		right.acquire("rolling", this.first, "30s", "0s");
		CompletableFuture<Answer> waiting = stopping.acquireLater("rolling", this.second, "30s", "60s");
		await().atMost(Duration.ofSeconds(30)).until(() -> right.queue("rolling").json().path("waiters").size() == 1);
		String place = right.queue("rolling").json().path("waiters").path(0).path("node").asString();
		long start = System.nanoTime();
		stopping.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
		assertThat(waiting).succeedsWithin(Duration.ofSeconds(1));
		assertThat(waiting.join().status()).as(waiting.join().text()).isEqualTo(202);
		assertThat(waiting.join().field("state")).isEqualTo("WAITING");
		assertThat(right.queue("rolling").json().path("waiters").path(0).path("node").asString()).isEqualTo(place);
		right.release("rolling", this.first);
		assertThat(right.acquire("rolling", this.second, "30s", "10s").status()).isEqualTo(200);
	}

	@Test
	void aClientOfBothGoesOnWhereOneIsAway() throws InterruptedException {
		Replica away = Replica.start(ensemble.connectString()).awaitReady();
		LockClient client = LockClient.builder().url(away.url()).url(left.url()).owner("both").build();
		HeldLock held = client.acquire("away");
		away.close();
		held.renew();
		assertThat(held.isHeld()).isTrue();
		held.close();
		assertThat(left.queue("away").json().path("holders")).isEmpty();
		assertThat(client.tryAcquire("away", AcquireOptions.defaults())).isPresent();
	}

}
