package io.roster.ensemble;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.roster.ensemble.MemberStatus.Role;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LocalEnsembleTests {

	@Test
	void threeMembersElectALeaderAndGoOnWithoutIt() throws Exception {
		try (LocalEnsemble ensemble = LocalEnsemble.start(3)) {
			EnsembleStatus before = ensemble.status();
			assertThat(before.quorum()).isTrue();
			assertThat(before.members()).extracting(MemberStatus::id).containsExactly(1, 2, 3);
			assertThat(before.members()).extracting(MemberStatus::role)
				.containsExactlyInAnyOrder(Role.LEADER, Role.FOLLOWER, Role.FOLLOWER);
			int leader = ensemble.leaderId();
			write(ensemble.connectString(), "/kept");

			ensemble.stop(leader);
			ensemble.awaitQuorum(Duration.ofSeconds(20));

			EnsembleStatus after = ensemble.status();
			assertThat(after.quorum()).isTrue();
			assertThat(ensemble.leaderId()).isNotEqualTo(leader);
			assertThat(after.member(leader).orElseThrow().role()).isEqualTo(Role.UNREACHABLE);
			assertThat(after.member(leader).orElseThrow().problem()).isEqualTo("refuses connections");
			assertThat(after.leader().orElseThrow().epoch()).isGreaterThan(before.leader().orElseThrow().epoch());

			ensemble.start(leader, true);
			assertThat(ensemble.status().member(leader).orElseThrow().role()).isEqualTo(Role.FOLLOWER);
			assertThat(exists(ensemble.connectString(leader), "/kept")).isTrue();
		}
	}

	@Test
	void aRestartKeepsDataAndAWipeOfAllLosesIt() throws Exception {
		try (LocalEnsemble ensemble = LocalEnsemble.start(1)) {
			String address = ensemble.connectString();
			write(address, "/kept");
			ensemble.stop(1);
			ensemble.stop(1);
			ensemble.start(1, false);
			assertThat(ensemble.connectString()).isEqualTo(address);
			assertThat(exists(address, "/kept")).isTrue();
			ensemble.stop(1);
			ensemble.start(1, true);
			assertThat(exists(address, "/kept")).isFalse();
		}
	}

	@Test
	void aSessionIsClosedFromOutside() throws Exception {
		try (LocalEnsemble ensemble = LocalEnsemble.start(3)) {
			CountDownLatch expired = new CountDownLatch(1);
			try (ZooKeeper owner = new ZooKeeper(ensemble.connectString(), 30_000, (event) -> {
				if (event.getState() == KeeperState.Expired) {
					expired.countDown();
				}
			})) {
				owner.create("/mine", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
				long session = owner.getSessionId();
				ensemble.closeSession(session);
				assertThat(exists(ensemble.connectString(ensemble.leaderId()), "/mine")).isFalse();
				assertThat(expired.await(10, TimeUnit.SECONDS)).isTrue();
				assertThatIllegalArgumentException().isThrownBy(() -> ensemble.closeSession(session))
					.withMessageContaining(Long.toHexString(session));
			}
		}
	}

	@Test
	void sessionsMayBeShort() throws Exception {
		try (LocalEnsemble ensemble = LocalEnsemble.start(1);
				ZooKeeper client = new ZooKeeper(ensemble.connectString(), 500, (event) -> {
				})) {
			client.exists("/", false);
			assertThat(client.getSessionTimeout()).isEqualTo(500);
		}
	}

	private static void write(String connectString, String path) throws Exception {
		try (ZooKeeper client = new ZooKeeper(connectString, 10_000, (event) -> {
		})) {
			awaitConnected(client);
			client.create(path, "x".getBytes(StandardCharsets.UTF_8), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
		}
	}

	private static boolean exists(String connectString, String path) throws Exception {
		try (ZooKeeper client = new ZooKeeper(connectString, 10_000, (event) -> {
		})) {
			awaitConnected(client);
			return client.exists(path, false) != null;
		}
	}

	private static void awaitConnected(ZooKeeper client) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> client.getState().isConnected());
	}

}
