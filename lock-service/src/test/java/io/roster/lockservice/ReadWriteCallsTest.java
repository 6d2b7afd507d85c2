package io.roster.lockservice;

import java.util.UUID;

import io.roster.ensemble.LocalEnsemble;
import io.roster.lockservice.Replica.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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

	private static Answer share(String lock, UUID lease) {
		return replica.put(Replica.lease(lock, lease), "{\"mode\":\"SHARED\"}");
	}

}
