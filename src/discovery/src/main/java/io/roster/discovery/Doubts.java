package io.roster.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Doubts the loss of many instances at once: it is more likely that the ensemble forgot
 * them, that somebody deleted them by hand or that a network between them and the
 * ensemble failed than that all of them died.
 * <p>
 * The rule. A loss is a routable instance whose node is gone without a good-bye (its
 * status was not DRAINING, and no last write came with the deletion) and whose endpoint
 * nobody else of its service has. The losses of a service are added up over
 * {@link #WINDOW}, and in the {@link #AFTERMATH} of an ensemble that came back over all
 * of the time since. As soon as they are more than the routable instances that are left
 * (more than half of those that were there, or the only one), all of these losses are
 * suspects: listed and routable. A suspect goes when the grace period since its loss has
 * passed, and at once when its endpoint or its registration is listed under another name,
 * or somebody else has its name.
 * <p>
 * So a service never becomes empty by losses alone, whatever the order of the events,
 * before the grace period has passed. One of two that is killed is gone at once; the last
 * one is doubted, which harms nobody: a suspect that refuses is passed over, and without
 * it the list would be empty.
 * <p>
 * What a directory remembers from its file may be old: of that, only what would leave
 * nothing of a service is doubted at the first reading. Used under the directory's lock.
 */
final class Doubts {

	private static final Logger log = LoggerFactory.getLogger(Doubts.class);

	/**
	 * A deletion by hand takes moments. Sessions that lost their network together run out
	 * within the third of the session timeout that is between two of the client's pings,
	 * rounded up to the server's tick (ZooKeeper's {@code ExpiryQueue}).
	 */
	static final Duration WINDOW = Duration.ofSeconds(5);

	/** A new leader gives every session a full timeout before it lets it go. */
	static final Duration AFTERMATH = Duration.ofMinutes(1);

	private final long grace;

	private final Map<String, ServiceLosses> services = new HashMap<>();

	private boolean everReturned;

	private long returnedAt;

	Doubts(Duration grace) {
		this.grace = grace.toNanos();
	}

	/** The ensemble is back after an outage. */
	void ensembleReturned(long now) {
		this.everReturned = true;
		this.returnedAt = now;
	}

	private long window(long now) {
		long sinceReturn = now - this.returnedAt;
		boolean aftermath = this.everReturned && sinceReturn <= AFTERMATH.toNanos();
		return aftermath ? Math.max(sinceReturn, WINDOW.toNanos()) : WINDOW.toNanos();
	}

	/**
	 * Brings the lists from before a turn to after it.
	 * @param turn what happened
	 * @param roll the nodes that stand now
	 * @param update the lists
	 * @param now the time
	 * @param first whether this is the first reading, so that what is gone was only
	 * remembered
	 */
	void apply(Turn turn, Roll roll, IndexUpdate update, long now, boolean first) {
		turn.settle();
		Set<String> losing = note(turn, roll, now);
		List<Loss> back = strike(turn);
		List<Loss> suspects = new ArrayList<>();
		losing.forEach((service) -> suspects.addAll(judge(service, routableAfter(service, turn, update), now, first)));
		Set<Member> stay = new LinkedHashSet<>(suspects.stream().map(Loss::member).toList());
		turn.gone().stream().filter((each) -> !stay.contains(each)).forEach(update::remove);
		back.stream()
			.filter((each) -> each.doubted() && !turn.hasCome(each.member()))
			.map(Loss::member)
			.forEach(update::remove);
		turn.changed().forEach(update::put);
		turn.came().forEach(update::put);
		stay.stream().map(Member::asSuspect).forEach(update::put);
	}

	private Set<String> note(Turn turn, Roll roll, long now) {
		Set<String> losing = new LinkedHashSet<>();
		for (Member each : turn.gone()) {
			if (this.grace > 0 && each.routable() && !turn.wasOrderly(each) && !roll.has(each)
					&& !roll.isServed(each)) {
				this.services.computeIfAbsent(each.service(), (service) -> new ServiceLosses())
					.add(new Loss(each, now));
				losing.add(each.service());
			}
		}
		return losing;
	}

	private List<Loss> strike(Turn turn) {
		List<Loss> back = new ArrayList<>();
		if (!this.services.isEmpty()) {
			turn.came().forEach((each) -> back.addAll(strike(each)));
			turn.changed().forEach((each) -> back.addAll(strike(each)));
		}
		return back;
	}

	private List<Loss> strike(Member arrived) {
		ServiceLosses losses = this.services.get(arrived.service());
		return (losses != null) ? losses.strike(arrived) : List.of();
	}

	private static int routableAfter(String service, Turn turn, IndexUpdate update) {
		int count = update.index().service(service).routable();
		for (Member each : turn.gone()) {
			count -= counts(each, service) ? 1 : 0;
		}
		for (Member each : turn.came()) {
			count += counts(each, service) ? 1 : 0;
		}
		for (Member each : turn.changed()) {
			Member before = update.listed(each);
			count -= (before != null && !before.instance().suspect() && counts(before, service)) ? 1 : 0;
			count += counts(each, service) ? 1 : 0;
		}
		return count;
	}

	private static boolean counts(Member member, String service) {
		return member.routable() && member.service().equals(service);
	}

	private List<Loss> judge(String service, int left, long now, boolean first) {
		ServiceLosses losses = this.services.get(service);
		if (losses == null) {
			return List.of();
		}
		long window = window(now);
		int lost = losses.within(window, now);
		if (first ? left == 0 : lost > left) {
			List<Loss> suspects = losses.doubt(Math.min(window, this.grace), now);
			if (suspects.size() == lost) {
				log.warn("{} of {} routable instances of {} are gone at once: they stay as suspects for {} s", lost,
						lost + left, service, Duration.ofNanos(this.grace).toSeconds());
			}
			return suspects;
		}
		if (first) {
			this.services.remove(service);
		}
		return List.of();
	}

	/** Lets go of what is no longer doubted. */
	void expire(IndexUpdate update, long now) {
		long window = window(now);
		this.services.values().removeIf((losses) -> {
			losses.removeIf((each) -> each.doubted() ? each.age(now) >= this.grace : each.age(now) > window)
				.stream()
				.filter(Loss::doubted)
				.map(Loss::member)
				.forEach(update::remove);
			return losses.isEmpty();
		});
	}

}
