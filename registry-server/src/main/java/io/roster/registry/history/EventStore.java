package io.roster.registry.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorEvent;
import io.roster.coordination.Node;
import io.roster.coordination.NodeChange;
import io.roster.coordination.Subscription;
import io.roster.coordination.ZnodeGrant;
import io.roster.registry.history.InstanceWatch.Standing;
import lombok.extern.slf4j.Slf4j;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooKeeper;

/**
 * The events as all replicas have them: written down in batches, each a znode, by
 * whichever replica comes first. The others, which have seen the same, find theirs
 * written and let them go; where two write the same event, the first one counts. When the
 * oldest batches are deleted, what stands is written in the same transaction, so that it
 * is noticed when something leaves, while no replica looks, whose joining is forgotten.
 * <p>
 * Confined to the history's thread.
 */
@Slf4j
final class EventStore {

	static final String ROOT = "/roster/events";

	private static final String STATE = ROOT + "/state";

	private static final String BATCH = ROOT + "/batch-";

	private static final int BATCH_SIZE = 500;

	/** Leaves room in ZooKeeper's megabyte. */
	private static final int LARGEST = 900_000;

	private static final int TRIMMED_TOGETHER = 50;

	private static final long SOON_MILLIS = 200;

	/** So that seldom two replicas write the same. */
	private static final long SPREAD_MILLIS = 800;

	/** For a replica that has seen it happen to write it down. */
	private static final long UNSEEN_MILLIS = 3_000;

	private final Mirror written;

	private final int most;

	private final Duration retention;

	private final Map<Entry.Key, Entry> pending = new LinkedHashMap<>();

	/** When what is pending may be written. */
	private final Map<Entry.Key, Long> due = new LinkedHashMap<>();

	/** By name, how many events and when the newest was. */
	private final TreeMap<String, Batch> batches = new TreeMap<>();

	private final List<Subscription> subscriptions = new ArrayList<>();

	private Consumer<Runnable> thread = Runnable::run;

	/** What belongs to an earlier start counts no more. */
	private int starts;

	private boolean loaded;

	private boolean busy;

	private boolean failing;

	EventStore(Mirror written, HistoryProperties properties) {
		this.written = written;
		this.most = properties.maxEvents();
		this.retention = properties.retention();
	}

	/**
	 * Reads what is written.
	 * @param thread runs something on the history's thread
	 * @param reader takes what is read, on that thread
	 * @param memory takes what was written of the instances that stood, and what became
	 * of them
	 */
	void start(Consumer<Runnable> thread, Reader reader, InstanceWatch memory) {
		this.thread = thread;
		int start = ++this.starts;
		this.subscriptions.add(this.written.subscribe((event) -> thread.accept(() -> {
			if (start == this.starts) {
				take(event, reader, memory);
			}
		})));
	}

	private void take(MirrorEvent event, Reader reader, InstanceWatch memory) {
		if (event instanceof MirrorEvent.Synced synced && synced.rebuilt()) {
			reader.rebuilt();
		}
		else if (event instanceof MirrorEvent.Synced synced) {
			synced.snapshot().children(ROOT).forEach((node) -> batch(node, reader));
			this.batches.keySet().removeIf((path) -> synced.snapshot().node(path).isEmpty());
			if (!this.loaded) {
				this.loaded = true;
				remember(synced, memory);
				reader.loaded();
			}
		}
		else if (event instanceof MirrorEvent.Changed changed && changed.change() instanceof NodeChange.Created made) {
			batch(made.node(), reader);
		}
		else if (event instanceof MirrorEvent.Changed changed && changed.change() instanceof NodeChange.Deleted gone) {
			this.batches.remove(gone.node().path());
		}
	}

	private void batch(Node node, Reader reader) {
		if (!node.path().startsWith(BATCH) || this.batches.containsKey(node.path())) {
			return;
		}
		List<Entry> events = EventFormat.events(node);
		Instant newest = events.stream().map(Entry::at).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
		this.batches.put(node.path(), new Batch(events.size(), newest));
		events.forEach((entry) -> {
			this.pending.remove(entry.key());
			this.due.remove(entry.key());
			reader.stored(entry);
		});
	}

	private static void remember(MirrorEvent.Synced synced, InstanceWatch memory) {
		synced.snapshot().node(STATE).ifPresent((node) -> EventFormat.standing(node).forEach(memory::remember));
		List<Entry> events = synced.snapshot()
			.children(ROOT)
			.stream()
			.filter((node) -> node.path().startsWith(BATCH))
			.flatMap((node) -> EventFormat.events(node).stream())
			.sorted(Entry.ORDER)
			.toList();
		events.forEach(memory::replay);
	}

	/** Writes an event down soon, unless another replica does. */
	void add(Entry entry) {
		boolean unseen = entry.zxid() == Node.UNKNOWN;
		long delay = (unseen ? UNSEEN_MILLIS : SOON_MILLIS) + ThreadLocalRandom.current().nextLong(SPREAD_MILLIS);
		if (this.pending.putIfAbsent(entry.key(), entry) == null) {
			this.due.put(entry.key(), System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay));
		}
	}

	/** Writes what is due, and deletes what is too old. */
	void tick(Supplier<Collection<Standing>> standing) {
		ZooKeeper handle = this.written.handle();
		if (handle == null || this.busy) {
			return;
		}
		long now = System.nanoTime();
		boolean someDue = this.due.values().stream().anyMatch((at) -> at - now <= 0);
		if (someDue) {
			write(handle, now);
			return;
		}
		List<String> old = tooOld();
		if (!old.isEmpty()) {
			trim(handle, old, standing.get());
		}
	}

	private void write(ZooKeeper handle, long now) {
		List<Entry> batch = this.pending.values()
			.stream()
			.filter((entry) -> entry.zxid() != Node.UNKNOWN || isDue(entry, now))
			.limit(BATCH_SIZE)
			.toList();
		this.busy = true;
		handle.create(BATCH, EventFormat.events(batch), this.written.access().acl(ZnodeGrant.PRIVATE),
				CreateMode.PERSISTENT_SEQUENTIAL,
				(rc, path, context, name) -> this.thread.accept(() -> written(handle, Code.get(rc), batch)), null);
	}

	private boolean isDue(Entry entry, long now) {
		Long at = this.due.get(entry.key());
		return at != null && at - now <= 0;
	}

	private void written(ZooKeeper handle, Code code, List<Entry> batch) {
		if (code == Code.NONODE) {
			makeRoot(handle, ROOT.substring(0, ROOT.lastIndexOf('/')), () -> makeRoot(handle, ROOT, this::free));
			return;
		}
		free();
		if (code == Code.OK) {
			this.failing = false;
			batch.forEach((entry) -> {
				this.pending.remove(entry.key());
				this.due.remove(entry.key());
			});
		}
		else {
			later("write the history down", code);
		}
	}

	private void makeRoot(ZooKeeper handle, String path, Runnable then) {
		handle.create(path, new byte[0], this.written.access().acl(ZnodeGrant.PRIVATE), CreateMode.PERSISTENT,
				(rc, at, context, name) -> this.thread.accept(then), null);
	}

	private void free() {
		this.busy = false;
	}

	private void later(String what, Code code) {
		long at = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(UNSEEN_MILLIS);
		this.due.replaceAll((key, due) -> at);
		if (!this.failing) {
			this.failing = true;
			log.warn("cannot {}: the ensemble says {}; trying on", what, code);
		}
	}

	private List<String> tooOld() {
		int total = this.batches.values().stream().mapToInt(Batch::events).sum();
		Instant oldest = Instant.now().minus(this.retention);
		List<String> old = new ArrayList<>();
		for (Map.Entry<String, Batch> batch : this.batches.entrySet()) {
			// One batch more than the bound: half of it may still count.
			boolean over = total - batch.getValue().events() >= this.most;
			if ((!over && !batch.getValue().newest().isBefore(oldest)) || old.size() == TRIMMED_TOGETHER) {
				break;
			}
			total -= batch.getValue().events();
			old.add(batch.getKey());
		}
		return old;
	}

	private void trim(ZooKeeper handle, List<String> old, Collection<Standing> standing) {
		byte[] state = EventFormat.standing(standing);
		List<Op> ops = new ArrayList<>();
		if (state.length <= LARGEST) {
			boolean stands = this.written.snapshot().node(STATE).isPresent();
			ops.add(stands ? Op.setData(STATE, state, -1)
					: Op.create(STATE, state, this.written.access().acl(ZnodeGrant.PRIVATE), CreateMode.PERSISTENT));
		}
		old.forEach((path) -> ops.add(Op.delete(path, -1)));
		this.busy = true;
		handle.multi(ops, (rc, path, context, results) -> this.thread.accept(() -> {
			free();
			Code code = Code.get(rc);
			if (code == Code.OK) {
				old.forEach(this.batches::remove);
			}
			else if (code != Code.NONODE && code != Code.NODEEXISTS) {
				// Those two mean that another replica does it just now.
				later("delete the oldest of the history", code);
			}
		}), null);
	}

	/** Whether there is a connection to write on. */
	boolean isConnected() {
		return this.written.handle() != null;
	}

	/** Forgets everything, to be started again. */
	void reset() {
		this.subscriptions.forEach(Subscription::close);
		this.subscriptions.clear();
		this.batches.clear();
		this.pending.clear();
		this.due.clear();
		this.loaded = false;
	}

	void close() {
		this.subscriptions.forEach(Subscription::close);
		this.written.close();
	}

	/** Who follows what is written. */
	interface Reader {

		/** Takes an event that is written down. */
		void stored(Entry entry);

		/** All that was written when it was read first has been taken. */
		void loaded();

		/** The ensemble has lost its data: nothing that was written counts any more. */
		void rebuilt();

	}

	/**
	 * Events that were written together.
	 *
	 * @param events how many
	 * @param newest when the newest happened
	 */
	private record Batch(int events, Instant newest) {
	}

}
