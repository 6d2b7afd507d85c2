package io.roster.registry.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The events that are kept in memory, each once, in the order of their transactions. Safe
 * for use by many threads.
 */
final class EventLog {

	private final int most;

	private final TreeSet<Entry> ordered = new TreeSet<>(Entry.ORDER);

	private final Map<Entry.Key, Entry> byKey = new HashMap<>();

	/** Of those, what is as all replicas have it. */
	private final Set<Entry.Key> written = new HashSet<>();

	/** The newest transaction of which something is no longer kept. */
	private long forgotten;

	EventLog(int most) {
		this.most = most;
	}

	/**
	 * Adds an event.
	 * @param entry the event
	 * @return whether it was not there
	 */
	synchronized boolean add(Entry entry) {
		if (this.byKey.containsKey(entry.key())) {
			return false;
		}
		put(entry);
		return this.byKey.containsKey(entry.key());
	}

	/**
	 * Adds an event as it is written down for all replicas, in place of what this one has
	 * made of it. Where it is written twice, the first one counts.
	 * @param entry the event
	 * @return whether it was not there
	 */
	synchronized boolean replace(Entry entry) {
		if (!this.written.add(entry.key())) {
			return false;
		}
		Entry own = this.byKey.remove(entry.key());
		if (own != null) {
			this.ordered.remove(own);
		}
		put(entry);
		return own == null && this.byKey.containsKey(entry.key());
	}

	private void put(Entry entry) {
		this.byKey.put(entry.key(), entry);
		this.ordered.add(entry);
		while (this.ordered.size() > this.most) {
			forgetFirst();
		}
	}

	private void forgetFirst() {
		Entry first = this.ordered.pollFirst();
		if (first != null) {
			this.byKey.remove(first.key());
			this.written.remove(first.key());
			this.forgotten = Math.max(this.forgotten, first.zxid());
		}
	}

	synchronized boolean contains(Entry.Key key) {
		return this.byKey.containsKey(key);
	}

	synchronized void forgetBefore(Instant oldest) {
		while (!this.ordered.isEmpty() && this.ordered.first().at().isBefore(oldest)) {
			forgetFirst();
		}
	}

	synchronized void clear() {
		this.ordered.clear();
		this.byKey.clear();
		this.written.clear();
		this.forgotten = 0;
	}

	/**
	 * What happened later than a transaction. All events of a transaction come together.
	 * @param after the transaction
	 * @param limit how many
	 * @return the oldest of them
	 */
	synchronized Page after(long after, int limit) {
		List<HistoryEvent> events = new ArrayList<>();
		long last = after;
		for (Entry entry : this.ordered) {
			if (entry.zxid() <= after) {
				continue;
			}
			if (events.size() >= limit && entry.zxid() != last) {
				return new Page(events, true, this.forgotten > after);
			}
			events.add(entry.event());
			last = entry.zxid();
		}
		return new Page(events, false, this.forgotten > after);
	}

	synchronized List<HistoryEvent> recent(int limit) {
		return this.ordered.descendingSet().stream().limit(limit).map(Entry::event).toList();
	}

	/**
	 * A part of the events.
	 *
	 * @param events the events, in their order
	 * @param more whether there are more behind them
	 * @param gap whether some before them are no longer kept
	 */
	record Page(List<HistoryEvent> events, boolean more, boolean gap) {
	}

}
