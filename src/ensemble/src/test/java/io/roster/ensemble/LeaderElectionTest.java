package io.roster.ensemble;

import java.util.ArrayList;
import java.util.List;

import io.roster.ensemble.LeaderElection.Candidate;
import io.roster.ensemble.LeaderElection.Result;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LeaderElectionTest {

	@Test
	void theGreatestEpochWinsWhateverTheZxidAndTheId() {
		Result result = LeaderElection.decide(3, List.of(new Candidate(3, 1, 900), new Candidate(1, 2, 5)));
		assertThat(result.winner()).isOne();
		assertThat(result.why()).contains("epoch 2 is the greatest").contains("2 of 3");
	}

	@Test
	void amongEqualEpochsTheGreatestZxidWinsAsAnUnsignedNumber() {
		Result result = LeaderElection.decide(3, List.of(new Candidate(3, 1, 8), new Candidate(2, 1, -1)));
		assertThat(result.winner()).isEqualTo(2);
		assertThat(result.why()).contains("zxid 18446744073709551615 is the greatest");
	}

	@Test
	void amongEqualsTheGreatestIdWins() {
		List<Candidate> candidates = List.of(new Candidate(2, 1, 8), new Candidate(3, 1, 8), new Candidate(1, 1, 8));
		Result result = LeaderElection.decide(3, candidates);
		assertThat(result.winner()).isEqualTo(3);
		assertThat(result.why()).contains("its id is the greatest");
	}

	@Test
	void halfIsNoMajority() {
		for (int members = 1; members <= 8; members++) {
			for (int present = 0; present <= members; present++) {
				List<Candidate> candidates = new ArrayList<>();
				for (int id = 1; id <= present; id++) {
					candidates.add(new Candidate(id, 1, 1));
				}
				Result result = LeaderElection.decide(members, candidates);
				assertThat(result.quorum()).as("%d of %d", present, members).isEqualTo(2 * present > members);
				assertThat(result.winner() != null).isEqualTo(result.quorum());
			}
		}
		assertThat(LeaderElection.decide(4, List.of(new Candidate(1, 1, 1), new Candidate(2, 1, 1))).why())
			.isEqualTo("2 of 4 members take part, and a strict majority is 3: nobody leads.");
	}

	@Test
	void whatCannotBeIsRefused() {
		Candidate candidate = new Candidate(1, 1, 1);
		assertThatIllegalArgumentException().isThrownBy(() -> LeaderElection.decide(0, List.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> LeaderElection.decide(3, List.of(candidate, candidate)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> LeaderElection.decide(1, List.of(candidate, new Candidate(2, 1, 1))));
	}

}
