package io.roster.lockservice;

import java.util.List;
import java.util.UUID;

import io.roster.ensemble.LocalEnsemble;
import io.roster.lockservice.Replica.Answer;
import io.roster.locks.client.AcquireOptions;
import io.roster.locks.client.HeldLock;
import io.roster.locks.client.LockClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Read-write locks and declarations, by their status codes and fields.
 */
class ReadWriteCallsTest {

	private static LocalEnsemble ensemble;

	private static Replica replica;

	private final UUID reader = UUID.randomUUID();

	private final UUID writer = UUID.randomUUID();

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

	@Test
	void aDeclarationIsAnsweredWithTheQueueAndMayBeRepeated() {
		for (int i = 0; i < 2; i++) {
			Answer declared = replica.put("/api/v1/locks/declared", "{\"kind\":\"READ_WRITE\"}");
			assertThat(declared.status()).as(declared.text()).isEqualTo(200);
			assertThat(declared.field("name")).isEqualTo("declared");
			assertThat(declared.field("kind")).isEqualTo("READ_WRITE");
			assertThat(declared.json().path("permits").intValue()).isOne();
		}
		assertThat(replica.get("/api/v1/locks").text()).contains("{\"name\":\"declared\",\"kind\":\"READ_WRITE\"");
	}

	@Test
	void aLockInUseKeepsItsKind() {
		replica.acquire("used", this.writer, "30s", "0s");
		Answer refused = replica.put("/api/v1/locks/used", "{\"kind\":\"READ_WRITE\"}");
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(refused.field("type")).isEqualTo("urn:roster:problem:lock-in-use");
	}

	@Test
	void readersShareALockAndAWriterIsRefused() {
		assertThat(share("shared", this.reader).status()).isEqualTo(200);
		Answer second = share("shared", UUID.randomUUID());
		assertThat(second.status()).isEqualTo(200);
		assertThat(second.field("mode")).isEqualTo("SHARED");
		Answer refused = replica.acquire("shared", this.writer, "30s", "0s");
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.field("type")).isEqualTo("urn:roster:problem:lock-held");
		assertThat(refused.json().path("holders")).hasSize(2);
	}

	@Test
	void aLeaseKeepsItsMode() {
		share("mode", this.reader);
		Answer refused = replica.acquire("mode", this.reader, "30s", "0s");
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.field("type")).isEqualTo("urn:roster:problem:lease-in-other-mode");
	}

	@Test
	void aSemaphoreShowsItsPermitsAndIsRefusedWhenTheyAreTaken() {
		Answer declared = replica.put("/api/v1/locks/printers", "{\"kind\":\"SEMAPHORE\",\"permits\":2}");
		assertThat(declared.status()).as(declared.text()).isEqualTo(200);
		assertThat(declared.json().path("permits").intValue()).isEqualTo(2);
		assertThat(share("printers", this.reader).field("mode")).isEqualTo("SHARED");
		assertThat(replica.acquire("printers", this.writer, "30s", "0s").status()).isEqualTo(200);
		Answer refused = replica.acquire("printers", UUID.randomUUID(), "30s", "0s");
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.json().path("holders")).hasSize(2);
		Answer fewer = replica.put("/api/v1/locks/printers", "{\"kind\":\"SEMAPHORE\",\"permits\":1}");
		assertThat(fewer.status()).isEqualTo(409);
		assertThat(fewer.field("type")).isEqualTo("urn:roster:problem:lock-in-use");
		assertThat(fewer.json().path("permits").intValue()).isEqualTo(2);
	}

	@Test
	void severalLocksAreAnsweredAsTheContractSays() {
		String path = "/api/v1/multi-locks/" + this.writer;
		Answer held = several("[\"m-2\",\"m-1\"]", this.writer);
		assertThat(held.status()).as(held.text()).isEqualTo(200);
		assertThat(held.json().propertyNames()).containsExactlyInAnyOrder("lease", "owner", "locks", "state",
				"fencingToken", "ttl", "expiresInMs");
		assertThat(held.json().path("locks").toString()).isEqualTo("[\"m-2\",\"m-1\"]");
		Answer refused = several("[\"m-3\",\"m-1\"]", UUID.randomUUID());
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.field("type")).isEqualTo("urn:roster:problem:lock-held");
		assertThat(replica.queue("m-3").json().path("holders")).isEmpty();
		assertThat(replica.post(path + "/renew", "").status()).isEqualTo(200);
		assertThat(replica.get(path).field("fencingToken")).isEqualTo(held.field("fencingToken"));
		assertThat(replica.send(replica.request(path).DELETE()).field("state")).isEqualTo("RELEASED");
		assertThat(replica.send(replica.request(path).DELETE()).field("state")).isEqualTo("GONE");
		assertThat(replica.get(path).status()).isEqualTo(410);
		assertThat(replica.post(path + "/renew", "").field("type")).isEqualTo("urn:roster:problem:lease-gone");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "null", "[\"m\",\"m\"]", "[\"m\",null]", "[\"a/b\"]" })
	void namesOfSeveralLocksAreThoseThatThereCanBe(String locks) {
		Answer refused = several(locks, this.writer);
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.field("field")).isEqualTo("locks");
	}

	@Test
	void theClientTakesSeveralLocksAndKeepsThem() throws InterruptedException {
		try (LockClient client = replica.client("billing-1");
				HeldLock held = client.acquireAll(List.of("c-1", "c-2"), AcquireOptions.defaults())) {
			held.renew();
			assertThat(replica.queue("c-2").json().path("holders").path(0).path("owner").asString())
				.isEqualTo("billing-1");
			assertThat(client.tryAcquire("c-1")).isEmpty();
		}
		assertThat(replica.queue("c-1").json().path("holders")).isEmpty();
	}

	private static Answer several(String locks, UUID lease) {
		return replica.post("/api/v1/multi-locks",
				"{\"lease\":\"%s\",\"owner\":\"billing-1\",\"locks\":%s}".formatted(lease, locks));
	}

	private static Answer share(String lock, UUID lease) {
		return replica.put(Replica.lease(lock, lease), "{\"mode\":\"SHARED\"}");
	}

}
