package io.roster.ensemble;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.roster.ensemble.LeaderElection.Result;
import io.roster.ensemble.MemberStatus.Role;
import io.roster.ensemble.SeenElection.Before;
import io.roster.ensemble.SeenElection.Stand;
import org.jspecify.annotations.Nullable;

/**
 * Notices elections by looking at the ensemble again and again: a member leads in a
 * greater epoch than before. ZooKeeper tells nobody who stood with what, so that is
 * inferred from what each member had said last, and {@link SeenElection} says so. Two
 * elections between two looks are noticed as one. An ensemble whose epoch has become
 * lower was rebuilt, and its watch starts over. Not safe for use by several threads.
 */
public final class ElectionWatch {

	private final Map<Integer, Stand> last = new HashMap<>();

	/** Who did not answer when nobody led; {@code null} while that was not seen. */
	private @Nullable Set<Integer> absent;

	private @Nullable Before leading;

	/**
	 * Takes the next look.
	 * @param status what the members say
	 * @param at when they said it, for the answer alone
	 * @return the election that took place since the look before, if one did
	 */
	public Optional<SeenElection> observe(EnsembleStatus status, Instant at) {
		Before now = leading(status);
		if (now == null) {
			if (this.leading != null) {
				this.absent = absent(status);
			}
			return Optional.empty();
		}
		Before before = this.leading;
		Optional<SeenElection> election = (before != null && now.epoch() > before.epoch())
				? Optional.of(seen(status, now, before, at)) : Optional.empty();
		if (before != null && now.epoch() < before.epoch()) {
			this.last.clear();
		}
		this.leading = now;
		this.absent = null;
		status.members().forEach((member) -> remember(member, at));
		return election;
	}

	private static @Nullable Before leading(EnsembleStatus status) {
		Before leading = null;
		for (MemberStatus member : status.members()) {
			Integer id = member.id();
			Long epoch = member.epoch();
			if (!status.quorum() || member.role() != Role.LEADER || id == null || epoch == null) {
				continue;
			}
			if (leading == null || epoch > leading.epoch()) {
				leading = new Before(epoch, id);
			}
		}
		return leading;
	}

	private static Set<Integer> absent(EnsembleStatus status) {
		Set<Integer> absent = new HashSet<>();
		status.members().forEach((member) -> {
			if (member.id() != null && !member.answers()) {
				absent.add(member.id());
			}
		});
		return absent;
	}

	private void remember(MemberStatus member, Instant at) {
		if (member.id() != null && member.epoch() != null && member.zxid() != null) {
			this.last.put(member.id(), new Stand(member.id(), member.epoch(), member.zxid(), at));
		}
	}

	private SeenElection seen(EnsembleStatus status, Before now, Before before, Instant at) {
		List<Stand> candidates = candidates(status, now.leader());
		List<LeaderElection.Candidate> known = candidates.stream()
			.flatMap((stand) -> stand.candidate().stream())
			.toList();
		String unknown = "Member %d leads epoch %d. What the members stood with is not known in full, as not all of them had been asked before."
			.formatted(now.leader(), now.epoch());
		if (known.size() < candidates.size()) {
			return new SeenElection(now.epoch(), at, now.leader(), status.voters(), before, candidates, false, unknown);
		}
		Result result = LeaderElection.decide(Math.max(status.voters(), known.size()), known);
		boolean explained = Integer.valueOf(now.leader()).equals(result.winner());
		return new SeenElection(now.epoch(), at, now.leader(), status.voters(), before, candidates, explained,
				explained ? result.why() : unexplained(now, result));
	}

	private static String unexplained(Before now, Result result) {
		return ("Member %d leads epoch %d, although by what the members had said last %s: there were writes since then, "
				+ "or not all of these members took part.")
			.formatted(now.leader(), now.epoch(), (result.winner() != null)
					? "member " + result.winner() + " stood in front" : "there was no majority");
	}

	/**
	 * Who votes and serves now, less those who were not there while nobody led: they came
	 * later.
	 */
	private List<Stand> candidates(EnsembleStatus status, int winner) {
		List<Integer> serving = status.members()
			.stream()
			.filter((member) -> member.role() == Role.LEADER || member.role() == Role.FOLLOWER)
			.map(MemberStatus::id)
			.filter((id) -> id != null)
			.sorted()
			.toList();
		Set<Integer> late = (this.absent != null) ? this.absent : Set.of();
		List<Integer> stood = serving.stream().filter((id) -> !late.contains(id)).toList();
		boolean plausible = stood.contains(winner) && stood.size() * 2 > status.voters();
		return (plausible ? stood : serving).stream()
			.map((id) -> this.last.getOrDefault(id, new Stand(id, null, null, null)))
			.toList();
	}

}
