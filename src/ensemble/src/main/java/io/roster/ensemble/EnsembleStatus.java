package io.roster.ensemble;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.roster.ensemble.MemberStatus.Role;

/**
 * The state of an ensemble, as its members tell it over their client ports. It is a
 * picture put together from answers that were given at slightly different moments.
 *
 * @param quorum whether more than half of the voters serve and one of them leads. A
 * standalone member that serves counts as one
 * @param voters how many members vote: by the ensemble's own list of servers where a
 * member tells it, otherwise all that were asked and are no observers
 * @param members the members that were asked for, in that order, and after them those
 * that were found in the ensemble's list of servers
 */
public record EnsembleStatus(boolean quorum, int voters, List<MemberStatus> members) {

	static final String TOO_LATE = "does not answer in time";

	public EnsembleStatus {
		members = List.copyOf(members);
	}

	/**
	 * Asks every member, all at the same time, and blocks until they have answered or the
	 * bound has passed; a dead one delays nothing beyond it. Any ZooKeeper from 3.8 on
	 * will do, also one that allows no more than {@code srvr}, which is ZooKeeper's
	 * default: ids are those of the order of the list then, unless a member tells another
	 * one.
	 * @param members client addresses, best of all members; others are found by the
	 * ensemble's own list of servers where {@code conf} is allowed
	 * @param bound the longest wait for one round of answers; members that are found
	 * rather than named take a second round
	 * @return the status
	 */
	public static EnsembleStatus of(List<MemberAddress> members, Duration bound) {
		return new EnsembleSurvey(bound).ask(members);
	}

	/**
	 * The same for a connect string.
	 * @param connectString addresses separated by commas
	 * @param bound the longest wait for one round of answers
	 * @return the status
	 * @throws IllegalArgumentException if the connect string is malformed
	 */
	public static EnsembleStatus of(String connectString, Duration bound) {
		return of(MemberAddress.parseAll(connectString), bound);
	}

	static EnsembleStatus judge(List<MemberStatus> members, int voters) {
		if (members.size() == 1 && members.get(0).role() == Role.STANDALONE) {
			return new EnsembleStatus(true, 1, members);
		}
		List<MemberStatus> leaders = members.stream().filter((member) -> member.role() == Role.LEADER).toList();
		// A leader that was cut off says so for up to syncLimit ticks; its epoch is
		// lower.
		long leading = leaders.stream().mapToLong(EnsembleStatus::epoch).max().orElse(-1);
		long agreeing = members.stream()
			.filter((member) -> (member.role() == Role.LEADER) ? epoch(member) == leading
					: member.role() == Role.FOLLOWER && epoch(member) <= leading)
			.count();
		return new EnsembleStatus(leading >= 0 && agreeing * 2 > voters, voters,
				(leaders.size() == 1) ? inEpoch(leading, members) : members);
	}

	/**
	 * Until the first write of an epoch, followers show zxids of the one before; but they
	 * serve only after they have acknowledged the leader's (Learner.syncWithLeader).
	 */
	private static List<MemberStatus> inEpoch(long epoch, List<MemberStatus> members) {
		return members.stream()
			.map((member) -> (member.isServing() && epoch(member) < epoch) ? member.withEpoch(epoch) : member)
			.toList();
	}

	private static long epoch(MemberStatus member) {
		return (member.epoch() != null) ? member.epoch() : 0;
	}

	/**
	 * The member that leads, or the standalone one.
	 * @return its status, or empty where none is known
	 */
	public Optional<MemberStatus> leader() {
		return this.members.stream()
			.filter((member) -> member.role() == Role.LEADER || member.role() == Role.STANDALONE)
			.max(Comparator.comparingLong(EnsembleStatus::epoch));
	}

	/**
	 * One member's status.
	 * @param id the member's id
	 * @return its status, or empty where no member with that id is known
	 */
	public Optional<MemberStatus> member(int id) {
		return this.members.stream().filter((member) -> member.id() != null && member.id() == id).findFirst();
	}

	/**
	 * What is missing for a quorum, in words.
	 * @return such as {@code 1 of 3 members answers (member 2 at 127.0.0.1:2182 refuses
	 * connections, member 3 at 127.0.0.1:2183 refuses connections), 2 are needed}
	 */
	public String describe() {
		long answering = this.members.stream().filter(MemberStatus::answers).count();
		int known = Math.max(this.members.size(), this.voters);
		int needed = this.voters / 2 + 1;
		String problems = this.members.stream()
			.filter((member) -> !member.isServing())
			.map(MemberStatus::describe)
			.collect(Collectors.joining(", ", " (", ")"));
		boolean leaderless = answering >= needed && leader().isEmpty();
		return answering + " of " + known + ((known == 1) ? " member" : " members")
				+ ((answering == 1) ? " answers" : " answer") + (problems.equals(" ()") ? "" : problems) + ", " + needed
				+ ((needed == 1) ? " is" : " are") + " needed" + (leaderless ? "; none of them leads" : "");
	}

}
