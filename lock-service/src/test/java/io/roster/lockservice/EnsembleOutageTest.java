package io.roster.lockservice;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.roster.ensemble.LocalEnsemble;
import io.roster.lockservice.Replica.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A replica without an ensemble says so, and goes on when there is one again.
 */
@ExtendWith(OutputCaptureExtension.class)
class EnsembleOutageTest {

	private final LocalEnsemble ensemble = LocalEnsemble.start(1);

	@AfterEach
	void stop() {
		this.ensemble.close();
	}

	@Test
	void startsWithoutAnEnsembleSaysSoOnceAndServesWhenThereIsOne(CapturedOutput output) {
		this.ensemble.stop(1);
		try (Replica replica = Replica.start(this.ensemble.connectString())) {
			isUnavailable(replica.acquire("early", UUID.randomUUID(), "30s", "0s"));
			isUnavailable(replica.get("/api/v1/locks"));
			isUnavailable(replica.queue("early"));
			assertThat(replica.get("/actuator/health/liveness").status()).isEqualTo(200);
			assertThat(replica.get("/actuator/health/readiness").status()).isEqualTo(503);
			assertThat(output.getOut().lines().filter((line) -> line.contains("No ensemble answers at"))).hasSize(1);
			this.ensemble.start(1, false);
			replica.awaitReady();
			assertThat(replica.acquire("early", UUID.randomUUID(), "30s", "0s").status()).isEqualTo(200);
		}
	}

	@Test
	void answers503WhileTheEnsembleIsAwayAndKeepsLeasesAndPlaces() {
		UUID first = UUID.randomUUID();
		UUID second = UUID.randomUUID();
		try (Replica replica = Replica.start(this.ensemble.connectString()).awaitReady()) {
			String token = replica.acquire("outage", first, "60s", "0s").field("fencingToken");
			CompletableFuture<Answer> waiting = replica.acquireLater("outage", second, "60s", "30s");
			await().atMost(Duration.ofSeconds(30))
				.until(() -> replica.queue("outage").json().path("waiters").size() == 1);
			this.ensemble.stop(1);
			await().atMost(Duration.ofSeconds(20)).until(() -> replica.renew("outage", first).status() == 503);
			isUnavailable(replica.renew("outage", first));
			isUnavailable(replica.acquire("outage", UUID.randomUUID(), "60s", "0s"));
			assertThat(replica.get("/actuator/health/liveness").status()).isEqualTo(200);
			this.ensemble.start(1, false);
			replica.awaitReady();
			Answer renewed = replica.renew("outage", first);
			assertThat(renewed.field("state")).as(renewed.text()).isEqualTo("HELD");
			assertThat(renewed.field("fencingToken")).isEqualTo(token);
			replica.release("outage", first);
			assertThat(waiting).succeedsWithin(Duration.ofSeconds(40));
			assertThat(waiting.join().status()).isIn(200, 202, 503);
			assertThat(replica.acquire("outage", second, "60s", "10s").field("state")).isEqualTo("HELD");
		}
	}

	private static void isUnavailable(Answer answer) {
		assertThat(answer.status()).as(answer.text()).isEqualTo(503);
		assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
		assertThat(answer.field("type")).isEqualTo("urn:roster:problem:ensemble-unreachable");
		assertThat(answer.field("detail")).contains("Repeat the same call");
	}

}
