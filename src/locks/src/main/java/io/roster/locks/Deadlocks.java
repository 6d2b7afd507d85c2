package io.roster.locks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.roster.locks.WaitLine.Owner;
import io.roster.locks.WaitLine.Spot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for deadlocks between owners. Who has waited for a moment is looked at every
 * moment, so that each replica tells of a deadlock within a second; whose places these
 * are is read once for each place, and only of queues in which somebody has waited so
 * long. Foreign places have no owner: nobody knows where else its client stands.
 * <p>
 * Confined to the replica's {@link Serial}, but for what says otherwise.
 */
final class Deadlocks {

	/** How often to look. */
	static final Duration EVERY = Duration.ofMillis(200);

	private static final Logger log = LoggerFactory.getLogger(Deadlocks.class);

	/** Short waits are no deadlocks, and nothing is read for them. */
	private static final long WAITED = Duration.ofMillis(250).toNanos();

	private final Replica replica;

	private final Reads reads;

	private boolean learning;

	private volatile DeadlockList found = new DeadlockList("0", List.of());

	Deadlocks(Replica replica, Reads reads) {
		this.replica = replica;
		this.reads = reads;
	}

	/** What was seen last. May be called on any thread. */
	DeadlockList found() {
		return this.found;
	}

	/**
	 * Looks for deadlocks, and tells of those that have come and gone. To be called on
	 * the thread of the timer, outside of the serial.
	 */
	void look() {
		try {
			lookAround();
		}
		catch (RuntimeException ex) {
			log.error("The search for deadlocks failed", ex);
		}
	}

	private void lookAround() {
		List<WaitLine> lines = new ArrayList<>();
		String[] revision = { "" };
		this.replica.serial().run(() -> {
			if (this.replica.inSync()) {
				List<List<QueueNode>> queues = queues(this::upToLastWait);
				learn(queues);
				lines.addAll(lines(queues));
				revision[0] = Long.toString(this.replica.revision());
			}
		});
		if (!revision[0].isEmpty()) {
			List<Deadlock> now = new WaitGraph(lines.stream().map(WaitLine::ofThreads).toList()).deadlocks();
			tell(this.found.deadlocks(), now);
			this.found = new DeadlockList(revision[0], now);
		}
	}

	/** What comes to be known is looked at the next time. */
	private void learn(List<List<QueueNode>> queues) {
		if (!this.learning) {
			this.learning = true;
			learn(queues, (done) -> this.learning = false);
		}
	}

	private void learn(List<List<QueueNode>> queues, Consumer<Boolean> then) {
		List<LockQueue> undeclared = queues.stream()
			.map((places) -> this.replica.queues().find(places.get(0).lock()))
			.filter((queue) -> queue != null && queue.config() == null)
			.toList();
		List<QueueNode> unread = queues.stream()
			.flatMap(Collection::stream)
			.filter((node) -> !node.isRead() && node.leaseId() != null)
			.toList();
		this.reads.readConfigs(undeclared, (answered) -> {
			if (answered) {
				this.reads.readAll(unread, then);
			}
			else {
				then.accept(false);
			}
		});
	}

	private static void tell(List<Deadlock> before, List<Deadlock> now) {
		Set<Key> known = keys(before);
		Set<Key> still = keys(now);
		now.stream()
			.filter((deadlock) -> !known.contains(Key.of(deadlock)))
			.forEach((deadlock) -> log.warn("Deadlock: {}", deadlock.describe()));
		before.stream()
			.filter((deadlock) -> !still.contains(Key.of(deadlock)))
			.forEach((deadlock) -> log.info("A deadlock is gone: {}", deadlock.describe()));
	}

	private static Set<Key> keys(List<Deadlock> deadlocks) {
		Set<Key> keys = new HashSet<>();
		deadlocks.forEach((deadlock) -> keys.add(Key.of(deadlock)));
		return keys;
	}

	/**
	 * Looks, for a place that waits, whether its owner waits for itself over others.
	 * @param node the place, whose data is known
	 * @param isThere which other places are looked at
	 * @param then takes the cycle, or {@code null}; not called where that cannot be known
	 * now, because the connection was lost
	 */
	void check(QueueNode node, Predicate<QueueNode> isThere, Consumer<@Nullable Deadlock> then) {
		List<List<QueueNode>> queues = queues((queue) -> queue.standing().stream().filter(isThere).toList());
		learn(queues, (answered) -> {
			if (answered) {
				then.accept(closedBy(node, queues));
			}
		});
	}

	private @Nullable Deadlock closedBy(QueueNode node, List<List<QueueNode>> queues) {
		Owner owner = owner(node);
		if (owner == null) {
			return null;
		}
		List<List<QueueNode>> left = queues.stream()
			.map((queue) -> queue.stream().filter(this::isThere).toList())
			.filter((queue) -> queue.size() > 1)
			.toList();
		boolean standsElsewhere = left.stream()
			.flatMap(Collection::stream)
			.anyMatch((place) -> !place.equals(node) && owner.equals(owner(place)));
		return standsElsewhere ? new WaitGraph(lines(left)).closedBy(owner, node.lock()) : null;
	}

	private boolean isThere(QueueNode node) {
		LockQueue queue = this.replica.queues().find(node.lock());
		return queue != null && queue.contains(node) && !node.leaving;
	}

	private List<List<QueueNode>> queues(Consider consider) {
		List<List<QueueNode>> queues = new ArrayList<>();
		for (LockQueue queue : this.replica.queues().all()) {
			if (queue.standing().size() > 1) {
				List<QueueNode> places = consider.places(queue);
				if (places.size() > 1) {
					queues.add(places);
				}
			}
		}
		return queues;
	}

	/** Whoever came later is in nobody's way who has waited for long. */
	private List<QueueNode> upToLastWait(LockQueue queue) {
		List<QueueNode> places = List.copyOf(queue.standing());
		long now = this.replica.now();
		int end = places.size();
		while (end > 0 && now - places.get(end - 1).seenAt() < WAITED) {
			end--;
		}
		return places.subList(0, end);
	}

	/** A queue of which it is not known what it is would be told wrongly. */
	private List<WaitLine> lines(List<List<QueueNode>> queues) {
		List<WaitLine> lines = new ArrayList<>();
		for (List<QueueNode> places : queues) {
			LockQueue queue = this.replica.queues().find(places.get(0).lock());
			if (queue != null && queue.config() != null) {
				List<Spot> spots = places.stream().map((node) -> new Spot(owner(node), node.name().shared())).toList();
				lines.add(new WaitLine(queue.lock(), queue.permits(), spots));
			}
		}
		return lines;
	}

	private static @Nullable Owner owner(QueueNode node) {
		String name = node.owner();
		return (name != null) ? new Owner(name, node.principal()) : null;
	}

	/** What two deadlocks have in common that are the same. */
	private record Key(List<String> owners, List<String> locks) {

		static Key of(Deadlock deadlock) {
			return new Key(deadlock.owners(), deadlock.locks());
		}

	}

	private interface Consider {

		List<QueueNode> places(LockQueue queue);

	}

}
