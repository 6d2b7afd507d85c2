package io.roster.ensemble;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.roster.ensemble.MemberStatus.Role;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ElectionWatchTest {

	private static final Instant THEN = Instant.ofEpochSecond(1_000);

	private static final Instant NOW = Instant.ofEpochSecond(1_002);

	private final ElectionWatch watch = new ElectionWatch();

	@Test
	void whatIsThereAtTheFirstLookIsNoElectionThatWasSeen() {
		assertThat(this.watch.observe(status(leader(3, 1, 8), follower(1, 1, 8), follower(2, 1, 8)), THEN)).isEmpty();
		assertThat(this.watch.observe(status(leader(3, 1, 9), follower(1, 1, 9), follower(2, 1, 9)), NOW)).isEmpty();
	}

	@Test
	void whoLeadsAfterTheLeaderWentIsExplainedByWhatTheOthersHadSaidBefore() {
		this.watch.observe(status(leader(3, 1, 8), follower(1, 1, 9), follower(2, 1, 8)), THEN);
		this.watch.observe(status(gone(3), looking(1), looking(2)), NOW);
		SeenElection election = this.watch.observe(status(gone(3), leader(1, 2, 0), follower(2, 2, 0)), NOW)
			.orElseThrow();
		assertThat(election.epoch()).isEqualTo(2);
		assertThat(election.winner()).isOne();
		assertThat(election.before()).isEqualTo(new SeenElection.Before(1, 3));
		assertThat(election.candidates()).containsExactly(new SeenElection.Stand(1, 1L, 9L, THEN),
				new SeenElection.Stand(2, 1L, 8L, THEN));
		assertThat(election.explained()).isTrue();
		assertThat(election.why()).contains("zxid 9 is the greatest").contains("2 of 3");
	}

	@Test
	void whoWasAwayWhileNobodyLedDidNotStand() {
		this.watch.observe(status(leader(3, 1, 8), follower(1, 1, 8), follower(2, 1, 8)), THEN);
		this.watch.observe(status(gone(3), looking(1), looking(2)), NOW);
		SeenElection election = this.watch.observe(status(follower(3, 2, 0), follower(1, 2, 0), leader(2, 2, 0)), NOW)
			.orElseThrow();
		assertThat(election.candidates()).extracting(SeenElection.Stand::id).containsExactly(1, 2);
		assertThat(election.why()).contains("id is the greatest");
	}

	@Test
	void whatTheRuleDoesNotExplainIsSaidToBeUnexplained() {
		this.watch.observe(status(leader(3, 1, 8), follower(1, 1, 8), follower(2, 1, 8)), THEN);
		SeenElection election = this.watch.observe(status(follower(3, 2, 0), leader(1, 2, 0), follower(2, 2, 0)), NOW)
			.orElseThrow();
		assertThat(election.explained()).isFalse();
		assertThat(election.why()).contains("Member 1 leads epoch 2, although").contains("member 3 stood in front");
	}

	@Test
	void whoHadNotBeenHeardStoodWithWhatNobodyKnows() {
		this.watch.observe(status(leader(3, 1, 8), gone(1), follower(2, 1, 8)), THEN);
		SeenElection election = this.watch.observe(status(gone(3), follower(1, 2, 0), leader(2, 2, 0)), NOW)
			.orElseThrow();
		assertThat(election.candidates().get(0)).isEqualTo(new SeenElection.Stand(1, null, null, null));
		assertThat(election.explained()).isFalse();
		assertThat(election.why()).contains("not known in full");
	}

	@Test
	void aRebuiltEnsembleStartsOver() {
		this.watch.observe(status(leader(3, 5, 8), follower(1, 5, 8), follower(2, 5, 8)), THEN);
		assertThat(this.watch.observe(status(leader(3, 1, 0), follower(1, 1, 0), follower(2, 1, 0)), NOW)).isEmpty();
		assertThat(this.watch.observe(status(gone(3), follower(1, 2, 0), leader(2, 2, 0)), NOW)).isPresent();
	}

	private static EnsembleStatus status(MemberStatus... members) {
		List<MemberStatus> all = Arrays.asList(members);
		return EnsembleStatus.judge(all, all.size());
	}

	private static MemberStatus leader(int id, long epoch, long zxid) {
		return member(id, Role.LEADER, epoch, zxid);
	}

	private static MemberStatus follower(int id, long epoch, long zxid) {
		return member(id, Role.FOLLOWER, epoch, zxid);
	}

	private static MemberStatus member(int id, Role role, long epoch, long zxid) {
		return new MemberStatus(id, address(id), role, epoch, zxid, "3.9.5", 0, 0.1, null);
	}

	private static MemberStatus gone(int id) {
		return MemberStatus.unreachable(address(id), "refuses connections").withId(id);
	}

	private static MemberStatus looking(int id) {
		return MemberStatus.unreachable(address(id), MemberStatus.LOOKING).withId(id);
	}

	private static MemberAddress address(int id) {
		return new MemberAddress(MemberAddress.LOOPBACK, 2180 + id);
	}

}
