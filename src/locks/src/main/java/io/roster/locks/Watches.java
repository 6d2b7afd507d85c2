package io.roster.locks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Tells those who watch what happens to places, in the order in which it happens. What
 * stands in a place that another replica has written is read first; it is not known where
 * the place was gone before. For what nobody watches, nothing is read and nothing kept.
 * <p>
 * When more happens than can be told, or is not known because the connection was lost,
 * everybody gets a snapshot instead. Confined to the replica's {@link Serial}.
 */
final class Watches {

	/** How much may wait to be told. */
	private static final int MOST = 10_000;

	private static final int READ_TOGETHER = 256;

	private static final int SNAPSHOT_TRIES = 3;

	private final Replica replica;

	private final Reads reads;

	private final Places places;

	private final Teller teller = new Teller();

	/** By lock; those who watch all are below the empty name, which no lock has. */
	private final Map<String, Set<Watch>> watches = new HashMap<>();

	private final Deque<WatchEntry> entries = new ArrayDeque<>();

	private long last;

	private boolean reading;

	/** What has happened is not told: all begin anew with a snapshot. */
	private boolean flooded;

	Watches(Replica replica, Reads reads) {
		this.replica = replica;
		this.reads = reads;
		this.places = new Places(replica);
	}

	/** Begins to tell. */
	void add(Watch watch, @Nullable String seen) {
		this.watches.computeIfAbsent(watch.lock, (lock) -> new LinkedHashSet<>()).add(watch);
		boolean upToDate = this.replica.inSync() && !this.flooded && this.entries.isEmpty()
				&& Long.toString(this.replica.revision()).equals(seen);
		if (upToDate) {
			begin(watch);
		}
		else {
			snapshot(watch, SNAPSHOT_TRIES);
		}
	}

	void remove(Watch watch) {
		watch.closed = true;
		Set<Watch> others = this.watches.get(watch.lock);
		if (others != null && others.remove(watch) && others.isEmpty()) {
			this.watches.remove(watch.lock);
		}
	}

	void close() {
		this.watches.clear();
		this.entries.clear();
		this.teller.close();
	}

	/** The watch knows all that stands there now. */
	private void begin(Watch watch) {
		queues(watch).forEach((queue) -> queue.holders().forEach((holder) -> holder.toldHolding = true));
		if (!watch.lock.isEmpty()) {
			queues(watch).forEach((queue) -> queue.standing().forEach((node) -> node.told = node.lastKnown()));
		}
		watch.since = this.last;
	}

	private Collection<LockQueue> queues(Watch watch) {
		if (watch.lock.isEmpty()) {
			return this.replica.queues().all();
		}
		LockQueue queue = this.replica.queues().find(watch.lock);
		return (queue != null) ? List.of(queue) : List.of();
	}

	private void snapshot(Watch watch, int tries) {
		if (watch.closed) {
			return;
		}
		watch.since = Watch.NOTHING;
		List<LockQueue> undeclared = queues(watch).stream().filter((queue) -> queue.config() == null).toList();
		List<QueueNode> unread = watch.lock.isEmpty() ? List.of()
				: queues(watch).stream()
					.flatMap((queue) -> queue.standing().stream())
					.filter((node) -> node.content() == null)
					.toList();
		boolean known = undeclared.isEmpty() && unread.isEmpty();
		if (tries > 0 && !known && this.replica.inSync()) {
			this.reads.readConfigs(undeclared,
					(declared) -> this.reads.readAll(unread, (read) -> snapshot(watch, tries - 1)));
			return;
		}
		begin(watch);
		tell(List.of(watch), watch.lock.isEmpty() ? new QueueEvent.AllLocks(this.places.locksNow())
				: new QueueEvent.Snapshot(this.places.viewNow(watch.lock)));
	}

	void added(QueueNode node) {
		append(WatchEntry.Change.ADDED, node);
		holders(node.lock());
	}

	/** Somebody wrote to it, and what is not known yet. */
	void written(QueueNode node) {
		append(WatchEntry.Change.WRITTEN, node);
	}

	/** It is gone, or its client has given it back. */
	void removed(QueueNode node) {
		if (!node.toldGone) {
			node.toldGone = true;
			append(WatchEntry.Change.REMOVED, node);
		}
	}

	/** It was told to be gone and is not. */
	void stays(QueueNode node) {
		LockQueue queue = this.replica.queues().find(node.lock());
		if (node.toldGone && queue != null && queue.contains(node)) {
			node.toldGone = false;
			append(WatchEntry.Change.ADDED, node);
		}
	}

	/** Others than before may hold the lock. */
	void holders(String lock) {
		LockQueue queue = isWatched(lock) ? this.replica.queues().find(lock) : null;
		if (queue != null) {
			for (QueueNode holder : queue.holders()) {
				if (!holder.toldHolding) {
					append(WatchEntry.Change.HOLDS, holder);
				}
			}
		}
	}

	private boolean isWatched(String lock) {
		return !this.watches.isEmpty() && (this.watches.containsKey("") || this.watches.containsKey(lock));
	}

	private void append(WatchEntry.Change change, QueueNode node) {
		LockQueue queue = isWatched(node.lock()) ? this.replica.queues().find(node.lock()) : null;
		if (queue == null || this.flooded) {
			return;
		}
		if (this.entries.size() >= MOST) {
			flood();
			return;
		}
		boolean holds = (change == WatchEntry.Change.REMOVED) ? node.toldHolding : queue.holds(node);
		node.toldHolding = holds;
		this.last++;
		this.entries.add(new WatchEntry(this.last, change, node, Long.toString(this.replica.revision()), holds,
				holds ? 0 : queue.position(node), node.lastKnown()));
		tellKnown();
		if (!isOwn(node)) {
			readUnknown();
		}
	}

	private void flood() {
		this.flooded = true;
		this.entries.clear();
	}

	/** Everything was read anew. */
	void resynced() {
		if (!this.watches.isEmpty()) {
			flood();
		}
	}

	/** To be called now and then. */
	void tick() {
		tellKnown();
		readUnknown();
		if (this.flooded && this.teller.isIdle() && this.replica.inSync()) {
			this.flooded = false;
			List<Watch> all = new ArrayList<>();
			this.watches.values().forEach(all::addAll);
			all.forEach((watch) -> snapshot(watch, SNAPSHOT_TRIES));
		}
	}

	/**
	 * What this replica writes itself is known with the answer, which is about to come.
	 */
	private boolean isOwn(QueueNode node) {
		UUID lease = node.name().lease();
		return lease != null && this.replica.seat(node.lock(), lease) != null;
	}

	private void readUnknown() {
		if (this.entries.isEmpty() || this.reading || !this.replica.inSync()) {
			return;
		}
		this.reading = true;
		List<WatchEntry> unknown = this.entries.stream()
			.filter((entry) -> !entry.isKnown())
			.limit(READ_TOGETHER)
			.toList();
		this.reads.readAll(unknown.stream().map(WatchEntry::node).distinct().toList(), (answered) -> {
			this.reading = false;
			unknown.forEach((entry) -> entry.asked());
			tellKnown();
		});
	}

	private void tellKnown() {
		for (WatchEntry entry = this.entries.peek(); entry != null && entry.isKnown(); entry = this.entries.peek()) {
			this.entries.remove();
			if (entry.isWorthTelling()) {
				List<Watch> listeners = listeners(entry);
				if (!listeners.isEmpty()) {
					tell(listeners, entry.event(this.places));
				}
			}
		}
	}

	private List<Watch> listeners(WatchEntry entry) {
		List<Watch> listeners = new ArrayList<>(this.watches.getOrDefault(entry.node().lock(), Set.of()));
		listeners.addAll(this.watches.getOrDefault("", Set.of()));
		listeners.removeIf((watch) -> watch.since >= entry.number());
		return listeners;
	}

	private void tell(List<Watch> listeners, QueueEvent event) {
		if (!this.teller.tell(listeners, event, MOST)) {
			flood();
		}
	}

	/**
	 * Somebody who watches.
	 */
	static final class Watch {

		private static final long NOTHING = Long.MAX_VALUE;

		private final String lock;

		private final Consumer<QueueEvent> listener;

		/** Only what comes after this is told. */
		private long since = NOTHING;

		private volatile boolean closed;

		/**
		 * Somebody new.
		 * @param lock the lock, or {@code null} for all
		 */
		Watch(@Nullable String lock, Consumer<QueueEvent> listener) {
			this.lock = (lock != null) ? lock : "";
			this.listener = listener;
		}

		void accept(QueueEvent event) {
			if (!this.closed) {
				this.listener.accept(event);
			}
		}

	}

}
