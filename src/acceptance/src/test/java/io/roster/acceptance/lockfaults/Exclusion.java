package io.roster.acceptance.lockfaults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;

import io.roster.acceptance.lockfaults.Acquisition.Hold;
import io.roster.acceptance.lockfaults.Checker.Report;
import io.roster.acceptance.lockfaults.Violation.Rule;
import io.roster.locks.LockKind;
import org.jspecify.annotations.Nullable;

/**
 * Who may hold a lock beside whom, by the clients' own deadlines and one clock, and in
 * which order their tokens grow. Whoever holds several locks at once holds each of them.
 */
final class Exclusion {

	private final Map<String, List<Hold>> holds = new TreeMap<>();

	private final Report report;

	Exclusion(Collection<Acquisition> acquisitions, Report report) {
		this.report = report;
		for (Acquisition each : acquisitions) {
			Hold hold = each.hold();
			if (hold != null) {
				each.locks().forEach((lock) -> this.holds.computeIfAbsent(lock, (key) -> new ArrayList<>()).add(hold));
			}
		}
		this.holds.values().forEach((all) -> all.sort(Comparator.comparingLong(Hold::from)));
	}

	void check() {
		this.holds.forEach((lock, all) -> {
			if (Fleet.kind(lock) == LockKind.SEMAPHORE) {
				checkPermits(lock, all);
			}
			else {
				checkHolders(lock, all);
				checkTokensGrow(lock, all);
			}
			checkTokensDiffer(lock, all);
		});
	}

	/** One holder, or several that share the lock. */
	private void checkHolders(String lock, List<Hold> all) {
		Hold longest = null;
		Hold longestAlone = null;
		for (Hold hold : all) {
			boolean shares = hold.acquisition().aim().shares(lock);
			checkBeside(lock, shares ? longestAlone : longest, hold);
			longest = longer(longest, hold);
			longestAlone = shares ? longestAlone : longer(longestAlone, hold);
		}
	}

	private void checkBeside(String lock, @Nullable Hold before, Hold hold) {
		if (before != null && hold.from() < before.until()) {
			this.report.broken(Rule.ONE_HOLDER, lock, "%s held until %d, and %s from %d on", before.acquisition(),
					before.until(), hold.acquisition(), hold.from());
		}
	}

	private static Hold longer(@Nullable Hold one, Hold other) {
		return (one == null || other.until() > one.until()) ? other : one;
	}

	private void checkTokensGrow(String lock, List<Hold> all) {
		Hold greatest = null;
		for (Hold hold : all) {
			if (hold.acquisition().aim().isFenced(lock)) {
				if (greatest != null && hold.token() <= greatest.token()) {
					this.report.broken(Rule.TOKENS_GROW, lock, "%s, and then %s", greatest.acquisition(),
							hold.acquisition());
				}
				greatest = (greatest == null || hold.token() > greatest.token()) ? hold : greatest;
			}
		}
	}

	/** A token that grows is different: only one beside others can be the same. */
	private void checkTokensDiffer(String lock, List<Hold> all) {
		Map<Long, Hold> byToken = new HashMap<>();
		for (Hold hold : all) {
			Hold before = byToken.put(hold.token(), hold);
			if (before != null && !(isFenced(before, lock) && isFenced(hold, lock))) {
				this.report.broken(Rule.TOKENS_DIFFER, lock, "%s, and %s", before.acquisition(), hold.acquisition());
			}
		}
	}

	private static boolean isFenced(Hold hold, String lock) {
		return hold.acquisition().aim().isFenced(lock);
	}

	private void checkPermits(String lock, List<Hold> all) {
		PriorityQueue<Hold> now = new PriorityQueue<>(Comparator.comparingLong(Hold::until));
		for (Hold hold : all) {
			while (!now.isEmpty() && now.element().until() <= hold.from()) {
				now.remove();
			}
			if (now.size() >= Fleet.permits(lock)) {
				this.report.broken(Rule.WITHIN_PERMITS, lock, "%s held from %d on beside %s", hold.acquisition(),
						hold.from(), new TreeSet<>(now.stream().map((each) -> each.acquisition().toString()).toList()));
			}
			now.add(hold);
		}
	}

}
