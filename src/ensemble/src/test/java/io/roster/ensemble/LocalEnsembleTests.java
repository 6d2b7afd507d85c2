package io.roster.ensemble;

import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class LocalEnsembleTests {

	@Test
	void threeMembersElectALeaderAndGoOnWithoutIt() throws Exception {
		try (LocalEnsemble ensemble = LocalEnsemble.start(3)) {
			EnsembleStatus before = ensemble.status();
			assertThat(before.quorum()).isTrue();
			assertThat(before.voters()).isEqualTo(3);
			assertThat(before.members()).extracting(MemberStatus::id).containsExactly(1, 2, 3);
			assertThat(before.members()).extracting(MemberStatus::role)
				.containsExactlyInAnyOrder(Role.LEADER, Role.FOLLOWER, Role.FOLLOWER);
			int leader = ensemble.leaderId();
			Clients.write(ensemble.connectString(), "/kept", new byte[0]);

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
			assertThat(Clients.exists(ensemble.connectString(leader), "/kept")).isTrue();
		}
	}

	@Test
	void anEnsembleWipedAsAWholeStartsOver() throws Exception {
		try (LocalEnsemble ensemble = LocalEnsemble.start(3)) {
			Clients.write(ensemble.connectString(), "/lost", new byte[0]);
			ensemble.memberIds().forEach(ensemble::stop);
			assertThat(ensemble.status().quorum()).isFalse();
			ensemble.memberIds().forEach((id) -> ensemble.start(id, true));
			assertThat(ensemble.status().members()).allMatch(MemberStatus::isServing);
			assertThat(ensemble.status().leader().orElseThrow().epoch()).isEqualTo(1);
			assertThat(Clients.exists(ensemble.connectString(), "/lost")).isFalse();
		}
	}

	@Test
	void aSingleMemberKeepsItsAddressAndDataThroughARestart() throws Exception {
		try (LocalEnsemble ensemble = LocalEnsemble.start(1)) {
			String address = ensemble.connectString();
			Clients.write(address, "/kept", new byte[0]);
			assertThatIllegalStateException().isThrownBy(() -> ensemble.start(1, true))
				.withMessageContaining("stop it");
			ensemble.stop(1);
			ensemble.stop(1);
			ensemble.start(1, false);
			assertThat(ensemble.connectString()).isEqualTo(address);
			assertThat(Clients.exists(address, "/kept")).isTrue();
			assertThat(ensemble.leaderId()).isEqualTo(1);
		}
	}

	@Test
	void aGivenFolderOutlivesTheEnsemble(@TempDir Path folder) throws Exception {
		try (LocalEnsemble first = LocalEnsemble.start(1, folder, LocalEnsemble.FAST)) {
			Clients.write(first.connectString(), "/kept", new byte[0]);
		}
		try (LocalEnsemble second = LocalEnsemble.start(1, folder, LocalEnsemble.FAST)) {
			assertThat(Clients.exists(second.connectString(), "/kept")).isTrue();
			second.close();
			assertThat(folder).isNotEmptyDirectory();
		}
	}

	@Test
	void aSessionIsClosedFromOutside() throws Exception {
		try (LocalEnsemble ensemble = LocalEnsemble.start(3)) {
			CountDownLatch expired = new CountDownLatch(1);
			try (ZooKeeper owner = Clients.connect(ensemble.connectString())) {
				owner.register((event) -> {
					if (event.getState() == KeeperState.Expired) {
						expired.countDown();
					}
				});
				owner.create("/mine", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
				long session = owner.getSessionId();
				ensemble.closeSession(session);
				assertThat(Clients.exists(ensemble.connectString(ensemble.leaderId()), "/mine")).isFalse();
				assertThat(expired.await(30, TimeUnit.SECONDS)).isTrue();
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
			Awaitility.await("the timeout that was agreed on")
				.atMost(Duration.ofSeconds(30))
				.until(() -> client.getSessionTimeout() == 500);
		}
	}

	@Test
	void itNamesTheMembersWhenAskedForAnother() {
		try (LocalEnsemble ensemble = LocalEnsemble.start(1)) {
			assertThatIllegalArgumentException().isThrownBy(() -> ensemble.stop(7))
				.withMessage("There is no member 7, the members are [1]");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> LocalEnsemble.start(0))
			.withMessageContaining("is to have 0");
	}

}
