package io.roster.lockservice;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Coordination;
import io.roster.coordination.CoordinationOptions;
import io.roster.coordination.DigestCredentials;
import io.roster.coordination.ZnodeAccess;
import io.roster.coordination.ZnodeGrant;
import io.roster.ensemble.LocalEnsemble;
import io.roster.lockservice.Replica.Answer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A replica on an ensemble that is closed to strangers: let in, refused from the start,
 * and refused in the middle.
 */
class ClosedEnsembleTest {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static final DigestCredentials ROSTER = new DigestCredentials("roster", UUID.randomUUID().toString());

	private static final DigestCredentials APPS = new DigestCredentials("apps", UUID.randomUUID().toString());

	private static LocalEnsemble ensemble;

	private static Coordination roster;

	private static Replica replica;

	@BeforeAll
	static void start() throws Exception {
		ensemble = LocalEnsemble.start(1);
		roster = Coordination.connect(ensemble.connectString(), BOUND,
				CoordinationOptions.defaults().withAccess(new ZnodeAccess(List.of(ROSTER), List.of(APPS), List.of())));
		roster.ensurePath("/locks").get(30, TimeUnit.SECONDS);
		replica = Replica
			.start(ensemble.connectString(), "roster.zookeeper.username=roster",
					"roster.zookeeper.password=" + ROSTER.password(), "roster.zookeeper.clients[0].username=apps",
					"roster.zookeeper.clients[0].password=" + APPS.password())
			.awaitReady();
	}

	@AfterAll
	static void stop() {
		replica.close();
		roster.close();
		ensemble.close();
	}

	@Test
	void aReplicaWithAWrongPasswordSaysSoInEveryAnswer() {
		try (Replica wrong = Replica.start(ensemble.connectString(), "roster.zookeeper.username=roster",
				"roster.zookeeper.password=wrong-one")) {
			await().atMost(BOUND)
				.untilAsserted(() -> isRefused(wrong.acquire("refused", UUID.randomUUID(), "30s", "0s"), "/locks"));
			isRefused(wrong.get("/api/v1/locks"), "/locks");
			Answer health = wrong.get("/actuator/health/readiness");
			assertThat(health.status()).isEqualTo(503);
			assertThat(wrong.get("/actuator/health").text()).contains("NoAuth", "'roster'").doesNotContain("wrong-one");
		}
	}

	@Test
	void aLockThatIsRefusedAloneIsAnswered503AndTheOthersGoOn() throws Exception {
		String alone = "alone" + UUID.randomUUID();
		assertThat(replica.acquire(alone, UUID.randomUUID(), "30s", "0s").status()).isEqualTo(200);
		roster.client().setACL().withACL(Ids.READ_ACL_UNSAFE).forPath("/locks/" + alone);
		isRefused(replica.acquire(alone, UUID.randomUUID(), "30s", "1s"), alone);
		assertThat(replica.acquire("other", UUID.randomUUID(), "30s", "0s").status()).isEqualTo(200);
	}

	@Test
	void leasesAreReadableForApplicationsAndForeignLocksAreClosedAsTheyAreMade() throws Exception {
		UUID lease = UUID.randomUUID();
		assertThat(replica.acquire("mine", lease, "30s", "0s").status()).isEqualTo(200);
		CuratorFramework client = roster.client();
		String place = client.getChildren().forPath("/locks/mine").get(0);
		assertThat(client.getACL().forPath("/locks/mine/" + place)).isEqualTo(roster.access().acl(ZnodeGrant.READABLE));
		String lock = "/locks/foreign" + UUID.randomUUID().toString().substring(0, 8);
		client.create().withACL(Ids.OPEN_ACL_UNSAFE).forPath(lock, new byte[0]);
		String guessable = client.create()
			.withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
			.withACL(Ids.OPEN_ACL_UNSAFE)
			.forPath(lock + "/lock-", new byte[0]);
		for (String path : List.of(lock, guessable)) {
			await().atMost(BOUND)
				.untilAsserted(() -> assertThat(client.getACL().forPath(path)).as(path)
					.containsExactlyInAnyOrderElementsOf(roster.access().acl(ZnodeGrant.SHARED)));
		}
	}

	private static void isRefused(Answer answer, String path) {
		assertThat(answer.status()).as(answer.text()).isEqualTo(503);
		assertThat(answer.field("detail")).contains("NoAuth", path, "'roster'").doesNotContain("wrong-one");
		assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
	}

}
