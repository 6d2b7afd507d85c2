package io.roster.locks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Where one lease stands: in the queue of its lock, or of each of its locks. Confined to
 * the replica's {@link Serial}.
 * <p>
 * A lease of several locks gets all its places from one transaction, so that all queues
 * have it in the same order and they share one czxid, and it holds when each place does.
 * The place in the first lock by name is its <em>anchor</em>: it alone is written to, and
 * every transaction that takes the places away takes the anchor too. So a renewal is one
 * write, and either it or an expiry is first, for all of them.
 */
final class LeasePlaces {

	private final Queues queues;

	private final UUID lease;

	private final List<String> locks;

	private final String anchor;

	private final boolean several;

	private LeasePlaces(Queues queues, UUID lease, List<String> locks, boolean several) {
		this.queues = queues;
		this.lease = lease;
		this.locks = List.copyOf(locks);
		this.anchor = Collections.min(locks);
		this.several = several;
	}

	static LeasePlaces of(Queues queues, UUID lease, String lock) {
		return new LeasePlaces(queues, lease, List.of(lock), false);
	}

	static LeasePlaces ofSeveral(Queues queues, UUID lease, List<String> locks) {
		return new LeasePlaces(queues, lease, locks, true);
	}

	UUID lease() {
		return this.lease;
	}

	/** As they were asked for. */
	List<String> locks() {
		return this.locks;
	}

	/** The lock whose place carries the lease. */
	String anchor() {
		return this.anchor;
	}

	boolean several() {
		return this.several;
	}

	/** Whether both are places of the same locks. */
	boolean isLike(LeasePlaces other) {
		return this.several == other.several && isOf(other.locks);
	}

	private boolean isOf(List<String> others) {
		return new HashSet<>(this.locks).equals(new HashSet<>(others));
	}

	/** Whether a place of this lease is one of other locks than these. */
	boolean isOther(QueueNode node) {
		List<String> others = node.locks();
		return (others != null) ? !this.several || !isOf(others) : this.several;
	}

	/** The anchors, the oldest first: more than one when two replicas created some. */
	List<QueueNode> nodes() {
		return this.queues.nodesOf(anchor(), this.lease);
	}

	/** All that stand anywhere, the anchors first. */
	List<QueueNode> all() {
		List<QueueNode> nodes = new ArrayList<>(nodes());
		this.locks.stream()
			.filter((lock) -> !lock.equals(anchor()))
			.forEach((lock) -> nodes.addAll(this.queues.nodesOf(lock, this.lease)));
		return nodes;
	}

	/** What is to be deleted when the lease leaves, at once. */
	List<QueueNode> leaving() {
		List<QueueNode> all = all();
		return (this.several || all.isEmpty()) ? all : List.of(all.get(0));
	}

	/**
	 * A place of which it is not known whose it is, and with which others it was made.
	 */
	@Nullable QueueNode unread() {
		if (!this.several) {
			List<QueueNode> nodes = nodes();
			return (nodes.isEmpty() || nodes.get(0).isRead()) ? null : nodes.get(0);
		}
		return all().stream().filter((node) -> !node.isRead()).findFirst().orElse(null);
	}

	/** A queue of which it is not known what it was declared as. */
	@Nullable LockQueue undeclared() {
		for (String lock : this.locks) {
			LockQueue queue = this.queues.find(lock);
			if (queue != null && queue.config() == null) {
				return queue;
			}
		}
		return null;
	}

	/**
	 * Whether all places stand that were made with an anchor. Within the events of a
	 * transaction they do not.
	 */
	boolean isWhole(QueueNode anchor) {
		return this.queues.together(anchor).size() == this.locks.size();
	}

	/** Whether all places hold that were made with an anchor. */
	boolean holds(QueueNode anchor) {
		return isWhole(anchor) && blocked(anchor).isEmpty();
	}

	/** The places made with an anchor that wait. */
	List<QueueNode> blocked(QueueNode anchor) {
		return this.queues.together(anchor).stream().filter((place) -> {
			LockQueue queue = this.queues.find(place.lock());
			return queue == null || !queue.holds(place);
		}).toList();
	}

	/** Who holds what an anchor waits for. */
	List<QueueNode> holders(QueueNode anchor) {
		List<QueueNode> holders = new ArrayList<>();
		for (QueueNode place : blocked(anchor)) {
			LockQueue queue = this.queues.find(place.lock());
			if (queue != null) {
				holders.addAll(queue.holders());
			}
		}
		return holders;
	}

	/** The kind for which one of the places must not be where it is. */
	@Nullable LockKind kindAgainst(QueueNode anchor) {
		for (QueueNode place : this.queues.together(anchor)) {
			LockQueue queue = this.queues.find(place.lock());
			LockKind against = (queue != null) ? queue.kindAgainst(place) : null;
			if (against != null) {
				return against;
			}
		}
		return null;
	}

	/** Whether one of the places could stand in its queue as another kind. */
	boolean isMisplaced(QueueNode anchor) {
		return this.queues.together(anchor).stream().anyMatch((place) -> {
			LockQueue queue = this.queues.find(place.lock());
			return queue != null && queue.kindInstead(place) != null;
		});
	}

	/** The kind of each new place, the anchor's first. */
	Map<String, LockKind> kinds(Mode mode) {
		Map<String, LockKind> kinds = new LinkedHashMap<>();
		kinds.put(anchor(), kindFor(anchor(), mode));
		this.locks.forEach((lock) -> kinds.put(lock, kindFor(lock, mode)));
		return kinds;
	}

	private LockKind kindFor(String lock, Mode mode) {
		LockQueue queue = this.queues.find(lock);
		return (queue != null) ? queue.kindFor(mode) : LockKind.of(mode);
	}

	/** What is to stand in the places. */
	LeaseData data(LeaseData wanted) {
		return this.several ? wanted.across(this.locks) : wanted;
	}

	@Override
	public String toString() {
		return "lease " + this.lease + " of " + this.locks;
	}

}
