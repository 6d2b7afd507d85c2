package io.roster.lockservice;

import java.util.UUID;

import io.roster.ensemble.LocalEnsemble;
import io.roster.lockservice.Replica.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Revocation, forced release, the audit trail and the limits, by their status codes and
 * fields.
 */
class OperatorCallsTest {

	private static LocalEnsemble ensemble;

	private static Replica replica;

	private final UUID first = UUID.randomUUID();

	private final UUID second = UUID.randomUUID();

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		replica = Replica
			.start(ensemble.connectString(), "roster.locks.max-waiters=1", "roster.locks.max-name-chars=20")
			.awaitReady();
	}

	@AfterAll
	static void stop() {
		replica.close();
		ensemble.close();
	}

	@Test
	void aRevokedLeaseIs410WithTheReasonAtItsNextRenewal() {
		replica.acquire("revoked", this.first, "30s", "0s");
		Answer revoked = replica.post(Replica.lease("revoked", this.first) + "/revoke", "{\"reason\":\"fire\"}");
		assertThat(revoked.status()).as(revoked.text()).isEqualTo(200);
		assertThat(revoked.field("state")).isEqualTo("REVOKED");
		Answer renewed = replica.renew("revoked", this.first);
		assertThat(renewed.status()).isEqualTo(410);
		assertThat(renewed.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(renewed.field("type")).isEqualTo("urn:roster:problem:lease-revoked");
		assertThat(renewed.field("reason")).isEqualTo("fire");
		assertThat(replica.queue("revoked").json().path("holders").path(0).path("revoked").asString())
			.isEqualTo("fire");
		assertThat(replica.release("revoked", this.first).field("state")).isEqualTo("RELEASED");
		assertThat(
				replica.post(Replica.lease("revoked", this.first) + "/revoke", "{\"reason\":\"fire\"}").field("state"))
			.isEqualTo("GONE");
	}

	@Test
	void aForcedReleaseIsRecordedWithItsReason() {
		replica.acquire("forced", this.first, "30s", "0s");
		Answer forced = delete(Replica.lease("forced", this.first) + "?force=true&reason=it%20hangs");
		assertThat(forced.status()).as(forced.text()).isEqualTo(200);
		assertThat(forced.field("state")).isEqualTo("RELEASED");
		assertThat(replica.renew("forced", this.first).status()).isEqualTo(410);
		JsonNode records = replica.get("/api/v1/audit?lock=forced").json().path("records");
		assertThat(records).hasSize(2);
		assertThat(records.path(0).path("change").asString()).isEqualTo("GRANTED");
		assertThat(records.path(0).path("fencingToken").asString()).matches("\\d+");
		JsonNode record = records.path(1);
		assertThat(record.path("change").asString()).isEqualTo("FORCED");
		assertThat(record.path("reason").asString()).isEqualTo("it hangs");
		assertThat(record.path("lease").asString()).isEqualTo(this.first.toString());
		assertThat(record.path("owner").asString()).isEqualTo("test");
		assertThat(record.path("at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
		String after = records.path(0).path("revision").asString();
		assertThat(replica.get("/api/v1/audit?lock=forced&limit=1&after=" + after).json().path("records")).hasSize(1);
	}

	@Test
	void aPlaceIsForcedByTheNameOfItsNode() {
		replica.acquire("place", this.first, "30s", "0s");
		String node = replica.queue("place").json().path("holders").path(0).path("node").asString();
		String path = "/api/v1/locks/place/places/" + node;
		assertThat(delete(path + "?force=true&reason=hangs").field("state")).isEqualTo("RELEASED");
		assertThat(delete(path + "?force=true&reason=hangs").field("state")).isEqualTo("GONE");
		assertThat(delete(path).status()).isEqualTo(400);
	}

	@ParameterizedTest
	@CsvSource({ "?force=true, reason", "?force=true&reason=%20, reason", "?force=maybe&reason=x, force",
			"?reason=x, reason" })
	void whatAnOperatorMustSayIsNamed(String query, String field) {
		Answer answer = delete(Replica.lease("said", this.first) + query);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.field("field")).isEqualTo(field);
	}

	@ParameterizedTest
	@CsvSource({ "limit=0, limit", "limit=1001, limit", "limit=x, limit", "after=x, after" })
	void aWrongPageOfTheTrailIsNamed(String query, String field) {
		Answer answer = replica.get("/api/v1/audit?" + query);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.field("field")).isEqualTo(field);
	}

	@Test
	void aRevocationNeedsAReason() {
		Answer answer = replica.post(Replica.lease("said", this.first) + "/revoke", "{}");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.field("field")).isEqualTo("reason");
	}

	@Test
	void aFullQueueIs429WithItsLimit() {
		replica.acquire("full", this.first, "30s", "0s");
		replica.acquire("full", this.second, "30s", "1ms");
		Answer refused = replica.acquire("full", UUID.randomUUID(), "30s", "10s");
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.field("type")).isEqualTo("urn:roster:problem:queue-full");
		assertThat(refused.json().path("limit").intValue()).isOne();
		assertThat(replica.queue("full").json().path("waiters")).hasSize(1);
	}

	@Test
	void aNameThatIsTooLongForThisServiceIsRefused() {
		Answer refused = replica.acquire("x".repeat(21), this.first, "30s", "0s");
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.field("field")).isEqualTo("lock");
	}

	private static Answer delete(String path) {
		return replica.send(replica.request(path).DELETE());
	}

}
