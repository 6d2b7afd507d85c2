package io.roster.ensemble;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * An election as it was noticed from outside. That the winner leads in the epoch is
 * known, because it says so itself; what the candidates stood with is inferred from what
 * they had said last before.
 *
 * @param epoch the epoch that began with it
 * @param at when it was noticed
 * @param winner the id of the member that leads in the epoch
 * @param voters how many members have a vote
 * @param before who led before, as far as it was seen
 * @param candidates who took part, as far as it can be seen, by id
 * @param explained whether the rule of {@link LeaderElection}, applied to the candidates
 * as they are here, makes the winner win
 * @param why the sentence that explains it, or says why it cannot be explained
 */
public record SeenElection(long epoch, Instant at, int winner, int voters, Before before, List<Stand> candidates,
		boolean explained, String why) {

	public SeenElection {
		candidates = List.copyOf(candidates);
	}

	/**
	 * Who led before.
	 *
	 * @param epoch in which epoch
	 * @param leader the leader's id
	 */
	public record Before(long epoch, int leader) {
	}

	/**
	 * What a member stood with, by what it had said last; {@code null} where it had not
	 * been heard.
	 *
	 * @param id its id
	 * @param epoch the epoch that it served in
	 * @param zxid its last transaction
	 * @param surveyedAt when it said so
	 */
	public record Stand(int id, @Nullable Long epoch, @Nullable Long zxid, @Nullable Instant surveyedAt) {

		Optional<LeaderElection.Candidate> candidate() {
			return (this.epoch != null && this.zxid != null)
					? Optional.of(new LeaderElection.Candidate(this.id, this.epoch, this.zxid)) : Optional.empty();
		}

	}

}
