package io.roster.ensemble;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

import io.roster.ensemble.MemberStatus.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EnsembleStatusTests {

	private static final Duration BOUND = Duration.ofSeconds(2);

	private static LocalEnsemble ensemble;

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(3);
	}

	@AfterAll
	static void close() {
		ensemble.close();
	}

	@Test
	void everyMemberTellsItsState() throws Exception {
		Clients.write(ensemble.connectString(), "/a", new byte[0]);
		EnsembleStatus status = EnsembleStatus.of(ensemble.connectString() + "/chroot", BOUND);
		assertThat(status.quorum()).isTrue();
		assertThat(status.members()).hasSize(3).allSatisfy((member) -> {
			assertThat(member.epoch()).isEqualTo(1);
			assertThat(member.zxid()).isGreaterThan(1L << 32);
			assertThat(member.version()).isEqualTo("3.9.5");
			assertThat(member.connections()).isNotNegative();
			assertThat(member.latencyMs()).isNotNegative();
			assertThat(member.problem()).isNull();
		});
	}

	@Test
	void connectionsAreThoseOfClients() throws Exception {
		String first = ensemble.connectString(1);
		try (var client = Clients.connect(first)) {
			assertThat(client.getState().isConnected()).isTrue();
			assertThat(EnsembleStatus.of(first, BOUND).member(1).orElseThrow().connections()).isEqualTo(1);
		}
	}

	@Test
	void oneAddressFindsTheOthers() {
		EnsembleStatus status = EnsembleStatus.of(ensemble.connectString(2), BOUND);
		assertThat(status.quorum()).isTrue();
		assertThat(status.members()).extracting(MemberStatus::id).containsExactly(2, 1, 3);
	}

	@Test
	void aMemberThatNeverAnswersDelaysNothingBeyondTheBound() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			MemberAddress dead = new MemberAddress("127.0.0.1", silent.getLocalPort());
			List<MemberAddress> asked = List.of(dead, MemberAddress.parse(ensemble.connectString(1)));
			long begin = System.nanoTime();
			EnsembleStatus status = EnsembleStatus.of(asked, BOUND);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND.multipliedBy(2));
			assertThat(status.quorum()).isTrue();
			assertThat(status.members().get(0)).isEqualTo(MemberStatus.unreachable(dead, "does not answer in time"));
		}
	}

	@Test
	void anUnknownNameIsAProblemOfThatMemberAlone() {
		EnsembleStatus status = EnsembleStatus.of("no-such-host.invalid:2181," + ensemble.connectString(1), BOUND);
		assertThat(status.quorum()).isTrue();
		assertThat(status.members().get(0).role()).isEqualTo(Role.UNREACHABLE);
	}

	@Test
	void halfOfTheVotersIsNoQuorum() {
		assertThat(quorum(4, member(1, Role.LEADER, 1), member(2, Role.FOLLOWER, 1))).isFalse();
		assertThat(quorum(3, member(1, Role.LEADER, 1), member(2, Role.FOLLOWER, 1))).isTrue();
	}

	@Test
	void observersHaveNoVote() {
		assertThat(quorum(3, member(1, Role.LEADER, 1), member(2, Role.OBSERVER, 1))).isFalse();
	}

	@Test
	void aLeaderOfAnEarlierEpochDoesNotCount() {
		assertThat(quorum(3, member(1, Role.LEADER, 1), member(2, Role.LEADER, 2))).isFalse();
		assertThat(quorum(3, member(1, Role.LEADER, 1), member(2, Role.LEADER, 2), member(3, Role.FOLLOWER, 1)))
			.isTrue();
	}

	@Test
	void followersWithoutALeaderAreNoQuorum() {
		assertThat(quorum(3, member(1, Role.FOLLOWER, 1), member(2, Role.FOLLOWER, 1))).isFalse();
	}

	@Test
	void aFollowerIsInTheEpochOfItsLeaderBeforeTheFirstWrite() {
		EnsembleStatus status = EnsembleStatus.judge(List.of(member(1, Role.LEADER, 7), member(2, Role.FOLLOWER, 6)),
				3);
		assertThat(status.members()).extracting(MemberStatus::epoch).containsExactly(7L, 7L);
		assertThat(status.members().get(1).zxid()).isEqualTo(6L << 32);
	}

	private static boolean quorum(int voters, MemberStatus... members) {
		return EnsembleStatus.judge(List.of(members), voters).quorum();
	}

	private static MemberStatus member(int id, Role role, long epoch) {
		return new MemberStatus(id, new MemberAddress("127.0.0.1", 2180 + id), role, epoch, epoch << 32, "3.9.5", 0,
				0.0, null);
	}

}
