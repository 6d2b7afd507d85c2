package io.roster.registry.registration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorEvent;
import io.roster.coordination.Node;
import io.roster.coordination.NodeChange;
import io.roster.coordination.Subscription;
import lombok.extern.slf4j.Slf4j;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Takes away the registrations whose heartbeats stay away, by the rule of the leases of
 * locks: the record and its instance are deleted in one transaction, with the exact
 * version of the record that this replica has seen unchanged for a full TTL on its own
 * monotonic clock. Every replica does it, and two of them racing are harmless; a
 * heartbeat makes the deletion fail. After a start, a lost connection, or when this
 * process stood still, all TTLs begin anew, because heartbeats may have found nobody. No
 * wall clock is compared with another.
 * <p>
 * All state is confined to a thread of its own.
 */
@Slf4j
final class RegistrationExpiry implements AutoCloseable {

	private static final int ANY = -1;

	private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	/** When the process was so late for a tick, heartbeats had to wait as well. */
	private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(2);

	private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Mirror instances;

	private final Mirror records;

	private final Registrations registrations;

	private final LongSupplier ticker;

	private final Map<String, Deadline> deadlines = new HashMap<>();

	private final TreeSet<Deadline> ordered = new TreeSet<>();

	/** The persistent instances, by the transactions that made them. */
	private final Map<Long, String> paths = new HashMap<>();

	private final List<Subscription> subscriptions = new ArrayList<>();

	private final ScheduledThreadPoolExecutor thread;

	private long lastTick;

	RegistrationExpiry(Mirror instances, Mirror records, Registrations registrations, LongSupplier ticker) {
		this.instances = instances;
		this.records = records;
		this.registrations = registrations;
		this.ticker = ticker;
		this.thread = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread created = new Thread(task, "roster-registrations");
			created.setDaemon(true);
			return created;
		});
	}

	void start() {
		this.lastTick = this.ticker.getAsLong();
		this.subscriptions.add(this.instances.subscribe((event) -> run(() -> instance(event))));
		this.subscriptions.add(this.records.subscribe((event) -> run(() -> record(event))));
		ScheduledFuture<?> unused = this.thread.scheduleWithFixedDelay(() -> guarded(this::tick), TICK_NANOS,
				TICK_NANOS, TimeUnit.NANOSECONDS);
	}

	private void run(Runnable task) {
		try {
			this.thread.execute(() -> guarded(task));
		}
		catch (RejectedExecutionException ex) {
			log.debug("nothing expires here any more: this replica stops", ex);
		}
	}

	private static void guarded(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException ex) {
			// One record that cannot be read must not keep the others for ever.
			log.error("a registration could not be looked at", ex);
		}
	}

	private void instance(MirrorEvent event) {
		if (event instanceof MirrorEvent.Synced synced) {
			this.paths.clear();
			synced.snapshot().children(this.instances.root()).forEach(this::stands);
		}
		else if (event instanceof MirrorEvent.Changed changed) {
			if (changed.change() instanceof NodeChange.Created created) {
				stands(created.node());
			}
			else if (changed.change() instanceof NodeChange.Deleted deleted) {
				this.paths.remove(deleted.node().czxid(), deleted.node().path());
			}
		}
	}

	private void stands(Node node) {
		Stat stat = node.stat();
		if (stat != null && stat.getEphemeralOwner() == 0) {
			this.paths.put(node.czxid(), node.path());
		}
	}

	private void record(MirrorEvent event) {
		if (event instanceof MirrorEvent.Synced synced) {
			clear();
			synced.snapshot().children(RegistrationRecord.ROOT).forEach(this::watch);
		}
		else if (event instanceof MirrorEvent.Disconnected) {
			clear();
		}
		else if (event instanceof MirrorEvent.Changed changed) {
			if (changed.change() instanceof NodeChange.Created created) {
				watch(created.node());
			}
			else if (changed.change() instanceof NodeChange.Updated updated) {
				watch(updated.after());
			}
			else if (changed.change() instanceof NodeChange.Deleted deleted) {
				forget(deleted.node().path());
				this.registrations.forget(deleted.node().path());
			}
		}
	}

	private void clear() {
		this.deadlines.clear();
		this.ordered.clear();
	}

	/** A whole TTL from now on. */
	private void watch(Node node) {
		RegistrationRecord record = node.path().equals(RegistrationRecord.ROOT) ? null
				: RegistrationRecord.read(node.data());
		Stat stat = node.stat();
		if (record != null && stat != null) {
			long ttl = record.ttl().toNanos();
			put(new Deadline(node.path(), node.czxid(), stat.getVersion(), ttl, this.ticker.getAsLong() + ttl));
		}
	}

	private void put(Deadline deadline) {
		forget(deadline.path());
		this.deadlines.put(deadline.path(), deadline);
		this.ordered.add(deadline);
	}

	private void forget(String path) {
		Deadline before = this.deadlines.remove(path);
		if (before != null) {
			this.ordered.remove(before);
		}
	}

	private void tick() {
		long now = this.ticker.getAsLong();
		if (now - this.lastTick > STALL_NANOS) {
			List.copyOf(this.deadlines.values()).forEach((each) -> put(each.at(now + each.ttl())));
		}
		this.lastTick = now;
		ZooKeeper handle = this.records.handle();
		if (handle == null || handle != this.instances.handle()) {
			return;
		}
		while (!this.ordered.isEmpty() && this.ordered.first().due() - now <= 0) {
			Deadline due = this.ordered.first();
			// Until the deletion shows, or is found to have failed.
			put(due.at(now + AGAIN_NANOS));
			expire(handle, due);
		}
	}

	private void expire(ZooKeeper handle, Deadline due) {
		String instance = instance(due);
		List<Op> ops = new ArrayList<>();
		ops.add(Op.delete(due.path(), due.version()));
		if (instance != null) {
			ops.add(Op.delete(instance, ANY));
		}
		handle.multi(ops, (rc, path, context, results) -> run(() -> expired(due, instance, Code.get(rc))), null);
	}

	private @Nullable String instance(Deadline due) {
		String made = this.paths.get(due.czxid());
		if (made != null) {
			return made;
		}
		// Where znodes were copied from another ensemble, the id in the data tells it.
		return this.instances.snapshot()
			.children(this.instances.root())
			.stream()
			.filter((node) -> due.path().equals(Lookup.recordPath(node)))
			.map(Node::path)
			.findFirst()
			.orElse(null);
	}

	private void expired(Deadline due, @Nullable String instance, Code code) {
		if (code == Code.OK) {
			log.info("{} has expired: no heartbeat for {} ms", (instance != null) ? instance : due.path(),
					TimeUnit.NANOSECONDS.toMillis(due.ttl()));
			forget(due.path());
		}
		else if (code == Code.BADVERSION) {
			// Kept by a heartbeat that is about to show.
			Deadline still = this.deadlines.get(due.path());
			if (still != null && still.version() == due.version()) {
				put(still.at(this.ticker.getAsLong() + due.ttl()));
			}
		}
		else if (code != Code.NONODE && code != Code.CONNECTIONLOSS && code != Code.SESSIONEXPIRED) {
			log.warn("{} has expired and cannot be deleted: the ensemble says {}", due.path(), code);
		}
	}

	@Override
	public void close() {
		this.subscriptions.forEach(Subscription::close);
		this.thread.shutdownNow();
	}

	/**
	 * When a record expires unless it is written.
	 *
	 * @param path its znode
	 * @param czxid the transaction that made it, and its instance
	 * @param version the version of its data
	 * @param ttl in nanoseconds
	 * @param due on the ticker
	 */
	private record Deadline(String path, long czxid, int version, long ttl, long due) implements Comparable<Deadline> {

		Deadline at(long time) {
			return new Deadline(this.path, this.czxid, this.version, this.ttl, time);
		}

		@Override
		public int compareTo(Deadline other) {
			// Differences, not values: a monotonic clock may run over.
			int byTime = Long.signum(this.due - other.due);
			return (byTime != 0) ? byTime : this.path.compareTo(other.path);
		}

	}

}
