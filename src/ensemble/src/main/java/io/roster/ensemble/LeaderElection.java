package io.roster.ensemble;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The rule by which ZooKeeper elects its leader: of those who take part, the one with the
 * greatest epoch wins, among equals the one with the greatest zxid, among equals the one
 * with the greatest id; and those who take part must be a strict majority of all members,
 * or nobody leads. (ZooKeeper's {@code FastLeaderElection.totalOrderPredicate} and
 * {@code QuorumMaj}. Half of an even number is no majority.)
 */
public final class LeaderElection {

	private static final Comparator<Candidate> BY_EPOCH = Comparator.comparingLong(Candidate::epoch);

	private static final Comparator<Candidate> BY_ZXID = Comparator.comparing(Candidate::zxid, Long::compareUnsigned);

	private static final Comparator<Candidate> ORDER = BY_EPOCH.thenComparing(BY_ZXID).thenComparingInt(Candidate::id);

	private LeaderElection() {
	}

	/**
	 * Decides an election.
	 * @param members how many members with a vote the ensemble has, 1 or more
	 * @param candidates those who take part
	 * @return who wins, and why
	 * @throws IllegalArgumentException if there are more candidates than members, or two
	 * with the same id
	 */
	public static Result decide(int members, List<Candidate> candidates) {
		requirePossible(members, candidates);
		int majority = members / 2 + 1;
		if (candidates.size() < majority) {
			return new Result(null, false, "%d of %d members take part, and a strict majority is %d: nobody leads."
				.formatted(candidates.size(), members, majority));
		}
		Candidate winner = candidates.stream().max(ORDER).orElseThrow();
		return new Result(winner.id(), true, "Member %d leads, because %s; %d of %d members are a strict majority."
			.formatted(winner.id(), why(winner, candidates), candidates.size(), members));
	}

	private static void requirePossible(int members, List<Candidate> candidates) {
		Set<Integer> ids = new HashSet<>();
		for (Candidate candidate : candidates) {
			if (!ids.add(candidate.id())) {
				throw new IllegalArgumentException("two candidates have the id " + candidate.id());
			}
		}
		if (members < 1 || candidates.size() > members) {
			throw new IllegalArgumentException(
					"there are %d candidates among %d members".formatted(candidates.size(), members));
		}
	}

	private static String why(Candidate winner, List<Candidate> candidates) {
		if (candidates.size() == 1) {
			return "nobody else takes part";
		}
		if (count(winner, candidates, BY_EPOCH) == 1) {
			return "its epoch %d is the greatest".formatted(winner.epoch());
		}
		if (count(winner, candidates, BY_EPOCH.thenComparing(BY_ZXID)) == 1) {
			return "its zxid %s is the greatest of those with the greatest epoch, %d"
				.formatted(Long.toUnsignedString(winner.zxid()), winner.epoch());
		}
		return "its id is the greatest of those with the greatest epoch, %d, and the greatest zxid, %s"
			.formatted(winner.epoch(), Long.toUnsignedString(winner.zxid()));
	}

	private static long count(Candidate winner, List<Candidate> candidates, Comparator<Candidate> order) {
		return candidates.stream().filter((candidate) -> order.compare(candidate, winner) == 0).count();
	}

	/**
	 * A member that takes part in an election.
	 *
	 * @param id its server id, as in {@code server.N}
	 * @param epoch the last epoch that it has accepted
	 * @param zxid the last transaction in its log
	 */
	public record Candidate(int id, long epoch, long zxid) {
	}

	/**
	 * How an election ends.
	 *
	 * @param winner the id of the leader, {@code null} without a quorum
	 * @param quorum whether a strict majority takes part
	 * @param why the sentence that explains it
	 */
	public record Result(@Nullable Integer winner, boolean quorum, String why) {
	}

}
