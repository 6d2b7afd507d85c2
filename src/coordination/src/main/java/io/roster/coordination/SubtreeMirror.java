package io.roster.coordination;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mirror: what it knows, who listens, and which {@link Attachment} keeps it.
 * <p>
 * All changes happen under one lock, and the handle's event thread waits for it: so when
 * the event thread goes on to the next answer, the mirror and its listeners have seen
 * every event before it. Other threads hold the lock for moments only.
 */
final class SubtreeMirror implements Mirror {

	private static final Logger logger = LoggerFactory.getLogger(SubtreeMirror.class);

	/** A mirror that got no answer for so many heartbeats is stale. */
	private static final int SILENT_HEARTBEATS = 3;

	private final Coordination coordination;

	private final String root;

	private final MirrorOptions options;

	private final LongSupplier ticker;

	private final long heartbeatNanos;

	private final ReentrantLock lock = new ReentrantLock();

	private final Listeners listeners = new Listeners();

	private final Publications publications;

	private final ReadSizes sizes = new ReadSizes();

	private final Complaints complaints;

	private final CompletableFuture<Snapshot> first = new CompletableFuture<>();

	private volatile TreeSnapshot snapshot;

	private volatile @Nullable Attachment attachment;

	private volatile long lastHeard;

	private volatile boolean closed;

	private long newestZxid;

	/** Below zero, where no zxid is. */
	private long standIn = ThreadLocalRandom.current().nextLong(Long.MIN_VALUE / 2, Node.UNKNOWN);

	SubtreeMirror(Coordination coordination, String root, MirrorOptions options, CoordinationOptions time) {
		this.coordination = coordination;
		this.root = root;
		this.options = options;
		this.ticker = time.ticker();
		this.heartbeatNanos = time.heartbeat().toNanos();
		this.publications = new Publications(this.ticker);
		this.complaints = new Complaints(root, coordination.access(), this.ticker);
		this.snapshot = TreeSnapshot.unread(root);
		this.lastHeard = this.ticker.getAsLong();
	}

	@Override
	public String root() {
		return this.root;
	}

	@Override
	public ZnodeAccess access() {
		return this.coordination.access();
	}

	MirrorOptions options() {
		return this.options;
	}

	@Override
	public Snapshot snapshot() {
		return this.snapshot;
	}

	TreeSnapshot tree() {
		return this.snapshot;
	}

	@Override
	public CompletableFuture<Snapshot> firstSnapshot() {
		return this.first.copy();
	}

	@Override
	public Duration age() {
		return Duration.ofNanos(Math.max(0, this.ticker.getAsLong() - this.lastHeard));
	}

	@Override
	public boolean stale() {
		return handle() == null || this.ticker.getAsLong() - this.lastHeard > SILENT_HEARTBEATS * this.heartbeatNanos;
	}

	@Override
	public @Nullable String refusal() {
		return this.complaints.refusal();
	}

	@Override
	public @Nullable ZooKeeper handle() {
		Attachment current = this.attachment;
		return (current != null && current.inSync()) ? current.handle() : null;
	}

	@Override
	public Subscription subscribe(MirrorListener listener) {
		Subscription subscription = this.listeners.add(listener);
		welcome();
		return subscription;
	}

	@Override
	public Subscription observePublications(LongConsumer observer) {
		return this.publications.add(observer);
	}

	/**
	 * Starts to follow, unless it does so already on this handle. Called when the
	 * connection has come, and again and again in case that an attempt has failed.
	 * @param handle the client's current handle
	 */
	void attach(ZooKeeper handle) {
		this.lock.lock();
		try {
			Attachment current = this.attachment;
			if (current != null && current.handle() != handle) {
				detach(current, "the handle was replaced");
				current = null;
			}
			if (current == null && !this.closed && handle.getState().isConnected() && this.complaints.mayTryAgain()) {
				Attachment next = new Attachment(this, handle, new HandleWatcher(this, handle), this.sizes);
				this.attachment = next;
				next.start();
				if (this.closed) {
					// Closed meanwhile, when there was nothing to remove yet.
					this.attachment = null;
					removeWatch(handle);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		welcome();
	}

	/** Asks the server if it has been silent. */
	void heartbeat() {
		Attachment current = this.attachment;
		if (current != null && current.inSync() && this.ticker.getAsLong() - this.lastHeard >= this.heartbeatNanos) {
			inTurn(current, () -> current.ask());
		}
	}

	/** Runs a step of an attachment, or drops it if the attachment has ended. */
	void inTurn(Attachment from, Runnable step) {
		this.lock.lock();
		try {
			if (this.attachment == from) {
				step.run();
			}
		}
		catch (RuntimeException ex) {
			logger.error("The mirror of {} could not take a change, and reads everything again", this.root, ex);
			detach(from, Code.RUNTIMEINCONSISTENCY);
		}
		finally {
			this.lock.unlock();
		}
		welcome();
	}

	void event(ZooKeeper handle, WatchedEvent event) {
		Attachment current = this.attachment;
		if (event.getType() == EventType.None && event.getState() == KeeperState.SyncConnected) {
			this.coordination.attachSoon(this);
		}
		else if (current != null && current.handle() == handle) {
			inTurn(current, () -> {
				if (event.getType() == EventType.None) {
					connection(current, event.getState());
				}
				else {
					heard();
					current.event(event);
				}
			});
		}
	}

	private void connection(Attachment current, KeeperState state) {
		switch (state) {
			case Disconnected, Expired, Closed, AuthFailed -> detach(current, Code.CONNECTIONLOSS);
			default -> {
			}
		}
	}

	void heard() {
		this.lastHeard = this.ticker.getAsLong();
	}

	void saw(long zxid) {
		this.newestZxid = Math.max(this.newestZxid, zxid);
		elections().saw(zxid);
	}

	Elections elections() {
		return this.coordination.elections();
	}

	String chroot() {
		return this.coordination.chroot();
	}

	Complaints complaints() {
		return this.complaints;
	}

	Publications publications() {
		return this.publications;
	}

	long newestZxid() {
		return this.newestZxid;
	}

	/** A revision that no other snapshot has, while the zxid is not known. */
	long standInRevision() {
		return this.standIn--;
	}

	/** The whole subtree has been read. */
	void synced(Attachment from, Collection<Node> nodes, long newest) {
		TreeSnapshot before = this.snapshot;
		boolean rebuilt = newest < this.newestZxid;
		Elections elections = elections();
		if (rebuilt) {
			elections.rebuilt(from.handle(), newest, this.newestZxid);
		}
		this.newestZxid = newest;
		elections.saw(newest);
		elections.answered(from.handle());
		this.complaints.over();
		TreeSnapshot after = TreeSnapshot.of(this.root, newest, nodes);
		this.snapshot = after;
		from.enterSync();
		this.listeners.tell(new MirrorEvent.Synced(after, Difference.between(before, after), rebuilt));
		this.first.complete(after);
	}

	/** The own nodes have been read once more on the same connection. */
	void readAgain(Collection<Node> nodes, long zxid) {
		TreeSnapshot after = TreeSnapshot.of(this.root, zxid, nodes);
		List<NodeChange> changes = Difference.between(this.snapshot, after);
		if (!changes.isEmpty()) {
			publish(after, changes);
		}
	}

	/** Publishes changes that were applied together, each with the snapshot of all. */
	void publish(TreeSnapshot after, List<NodeChange> changes) {
		this.snapshot = after;
		changes.forEach((change) -> this.listeners.tell(new MirrorEvent.Changed(after, change)));
	}

	void detach(Attachment ended, Code code) {
		if (this.attachment != ended) {
			return;
		}
		boolean connectionLost = code == Code.CONNECTIONLOSS || code == Code.SESSIONEXPIRED;
		if (!connectionLost) {
			this.complaints.failed(code);
		}
		else if (!ended.inSync()) {
			this.complaints.connectionLost();
		}
		end(ended);
	}

	void detach(Attachment ended, String reason) {
		logger.info("{} is read again: {}", this.root, reason);
		end(ended);
		this.coordination.attachSoon(this);
	}

	private void end(Attachment ended) {
		boolean wasInSync = ended.inSync();
		ended.lost();
		this.attachment = null;
		if (wasInSync) {
			this.listeners.tell(new MirrorEvent.Disconnected(this.snapshot));
		}
	}

	private void welcome() {
		// Whoever finds the lock taken leaves its newcomer to the holder, who looks again
		// after the unlock: so subscribe() never waits for a listener.
		while (this.listeners.hasNewcomers() && this.lock.tryLock()) {
			try {
				this.listeners.welcome(soFar());
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	private List<MirrorEvent> soFar() {
		TreeSnapshot now = this.snapshot;
		List<MirrorEvent> events = new ArrayList<>();
		if (now.loaded()) {
			events.add(new MirrorEvent.Synced(now, Difference.fromNothing(now), false));
			if (handle() == null) {
				events.add(new MirrorEvent.Disconnected(now));
			}
		}
		return events;
	}

	private void removeWatch(ZooKeeper handle) {
		WatcherType type = this.options.ownOnly() ? WatcherType.Data : WatcherType.PersistentRecursive;
		this.coordination.removeWatch(handle, this.root, new HandleWatcher(this, handle), type);
	}

	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		Attachment last = this.attachment;
		this.attachment = null;
		this.listeners.clear();
		this.coordination.forget(this);
		if (last != null) {
			removeWatch(last.handle());
		}
		this.first.completeExceptionally(new IllegalStateException("The mirror of " + this.root + " is closed"));
	}

}
