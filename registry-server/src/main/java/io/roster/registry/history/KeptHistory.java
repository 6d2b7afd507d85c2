package io.roster.registry.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorEvent;
import io.roster.coordination.Node;
import io.roster.coordination.Subscription;
import io.roster.registry.history.InstanceWatch.Observation;
import io.roster.registry.history.InstanceWatch.Standing;
import lombok.extern.slf4j.Slf4j;

/**
 * Watches, remembers and tells. All that changes runs on one thread of its own; what is
 * read may be read by any.
 * <p>
 * An event is told when nothing older can come any more: the mirrors of two layouts may
 * show theirs in another order, and what left without a word is explained a second later.
 */
@Slf4j
final class KeptHistory implements History, AutoCloseable {

	/** For the mirrors to have shown what is older. */
	private static final long SETTLED = TimeUnit.MILLISECONDS.toNanos(200);

	/** For the session of what left without a word to show that it is alive. */
	private static final long EXPLAINED = TimeUnit.SECONDS.toNanos(1);

	private static final long TICK_MILLIS = 100;

	private final EventLog events;

	private final InstanceWatch watch;

	private final EventStore store;

	private final Duration retention;

	private final List<Consumer<HistoryEvent>> listeners = new CopyOnWriteArrayList<>();

	private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();

	private final List<Subscription> subscriptions = new ArrayList<>();

	private final Set<Mirror> unread = ConcurrentHashMap.newKeySet();

	private final ScheduledThreadPoolExecutor thread;

	private List<Mirror> sources = List.of();

	/** What belongs to an earlier start counts no more. */
	private int starts;

	private volatile boolean loaded;

	KeptHistory(HistoryProperties properties, InstanceWatch watch, EventStore store) {
		this.events = new EventLog(properties.maxEvents());
		this.retention = properties.retention();
		this.watch = watch;
		this.store = store;
		this.thread = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread created = new Thread(task, "roster-history");
			created.setDaemon(true);
			return created;
		});
	}

	/** Begins with what was written down, and then looks at what stands. */
	void start(List<Mirror> mirrors) {
		this.sources = List.copyOf(mirrors);
		run(this::begin);
		ScheduledFuture<?> unused = this.thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS,
				TimeUnit.MILLISECONDS);
	}

	private void begin() {
		this.unread.clear();
		this.unread.addAll(this.sources);
		int start = ++this.starts;
		this.store.start(this::run, new WrittenHistory(start), this.watch);
	}

	/**
	 * The ensemble has lost its data: what happened before belongs to another one. The
	 * mirrors find out one after the other, and until the last has, one of them may still
	 * show what stood before; so it begins anew with each.
	 */
	private void beginAnew() {
		log.warn("the ensemble was rebuilt: the history begins anew");
		this.subscriptions.forEach(Subscription::close);
		this.subscriptions.clear();
		this.events.clear();
		this.waiting.clear();
		this.watch.forget();
		this.store.reset();
		begin();
	}

	boolean loaded() {
		return this.loaded;
	}

	EventLog.Page after(long revision, int limit) {
		return this.events.after(revision, limit);
	}

	@Override
	public List<HistoryEvent> recent(int limit) {
		return this.events.recent(limit);
	}

	@Override
	public Subscription subscribe(Consumer<HistoryEvent> listener) {
		// Another object for each subscription, whatever the listener is.
		Consumer<HistoryEvent> entry = (event) -> listener.accept(event);
		this.listeners.add(entry);
		return () -> this.listeners.remove(entry);
	}

	private void follow(Mirror mirror, int start) {
		this.subscriptions.add(mirror.subscribe((event) -> run(() -> {
			if (start == this.starts) {
				take(mirror, event);
			}
		})));
	}

	private void run(Runnable task) {
		try {
			this.thread.execute(() -> guarded(task));
		}
		catch (RejectedExecutionException ex) {
			log.debug("nothing is remembered any more: the history is closed", ex);
		}
	}

	private void guarded(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException ex) {
			// One event that cannot be taken must not end the history.
			log.error("the history could not take an event", ex);
		}
	}

	private void take(Mirror mirror, MirrorEvent event) {
		if (event instanceof MirrorEvent.Synced synced && synced.rebuilt()) {
			beginAnew();
			return;
		}
		long now = System.nanoTime();
		for (Observation seen : this.watch.take(mirror.root(), event, Instant.now())) {
			if (!this.events.contains(seen.entry().key()) && !isTooOld(seen.entry())) {
				this.waiting.add(new Waiting(seen, now + ((seen.wordless() != null) ? EXPLAINED : SETTLED)));
			}
		}
		if (event instanceof MirrorEvent.Synced && this.unread.remove(mirror) && this.unread.isEmpty()) {
			this.loaded = true;
		}
	}

	private boolean isTooOld(Entry entry) {
		return entry.at().isBefore(Instant.now().minus(this.retention));
	}

	private void tick() {
		guarded(() -> {
			if (!this.store.isConnected() || this.sources.stream().anyMatch((mirror) -> mirror.handle() == null)) {
				// Nothing is explained by what may be behind.
				return;
			}
			long now = System.nanoTime();
			for (Waiting next = this.waiting.peek(); next != null
					&& next.due() - now <= 0; next = this.waiting.peek()) {
				this.waiting.remove();
				settled(next.seen());
			}
			this.events.forgetBefore(Instant.now().minus(this.retention));
			this.store.tick(this.watch::standing);
		});
	}

	private void settled(Observation seen) {
		Entry entry = seen.entry();
		Standing wordless = seen.wordless();
		if (wordless != null) {
			entry = new Entry(entry.zxid(), entry.at(), entry.path(), entry.czxid(), entry.service(), entry.change(),
					this.watch.cause(wordless), entry.status());
		}
		if (this.events.contains(entry.key())) {
			return;
		}
		if (entry.zxid() != Node.UNKNOWN && this.events.add(entry)) {
			tell(entry);
		}
		this.store.add(entry);
	}

	private void tell(Entry entry) {
		HistoryEvent event = entry.event();
		for (Consumer<HistoryEvent> listener : this.listeners) {
			try {
				listener.accept(event);
			}
			catch (RuntimeException ex) {
				log.warn("somebody who follows the history failed at {}", event, ex);
			}
		}
	}

	@Override
	public void close() {
		this.subscriptions.forEach(Subscription::close);
		this.thread.shutdownNow();
		this.store.close();
	}

	/** What this or another replica has written down. */
	private final class WrittenHistory implements EventStore.Reader {

		private final int start;

		WrittenHistory(int start) {
			this.start = start;
		}

		@Override
		public void stored(Entry entry) {
			if (!isTooOld(entry) && KeptHistory.this.events.replace(entry)) {
				tell(entry);
			}
		}

		@Override
		public void loaded() {
			KeptHistory.this.sources.forEach((mirror) -> follow(mirror, this.start));
		}

		@Override
		public void rebuilt() {
			beginAnew();
		}

	}

	/**
	 * An event that is not told yet. What has no transaction is told when it is written
	 * down, and waits behind nothing.
	 *
	 * @param seen the event
	 * @param due when, by the monotonic clock
	 */
	private record Waiting(Observation seen, long due) implements Comparable<Waiting> {

		@Override
		public int compareTo(Waiting other) {
			return Entry.ORDER.compare(this.seen.entry(), other.seen.entry());
		}

	}

}
