package io.roster.coordination;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ZKConfig;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * One go at following the subtree over one connection of one handle: watch, sync, read,
 * and from then on the events, or, of the own nodes, another read for each heartbeat. It
 * ends with the connection, and the next one starts over; answers that come after its end
 * are dropped by {@link SubtreeMirror#inTurn}. Guarded by the mirror's lock.
 */
final class Attachment {

	private final SubtreeMirror mirror;

	private final ZooKeeper handle;

	private final Watcher watcher;

	private final int buffer;

	private final ReadSizes sizes;

	private @Nullable SubtreeReader reader;

	private @Nullable ChangeQueue queue;

	private boolean asking;

	private volatile boolean inSync;

	Attachment(SubtreeMirror mirror, ZooKeeper handle, Watcher watcher, ReadSizes sizes) {
		this.mirror = mirror;
		this.handle = handle;
		this.watcher = watcher;
		this.sizes = sizes;
		this.buffer = handle.getClientConfig()
			.getInt(ZKConfig.JUTE_MAXBUFFER, ZKClientConfig.CLIENT_MAX_PACKET_LENGTH_DEFAULT);
	}

	ZooKeeper handle() {
		return this.handle;
	}

	String root() {
		return this.mirror.root();
	}

	boolean data() {
		return this.mirror.options().data();
	}

	private boolean ownOnly() {
		return this.mirror.options().ownOnly();
	}

	/** The newest transaction that the mirror knows of. */
	long newestSeen() {
		return this.mirror.newestZxid();
	}

	/** The most bytes that an answer may have. */
	int buffer() {
		return this.buffer;
	}

	boolean inSync() {
		return this.inSync;
	}

	/**
	 * Starts. The watch is set each time: the watcher of one handle is equal to itself,
	 * so neither the client nor the server keeps a second one.
	 */
	void start() {
		if (ownOnly()) {
			watchRoot(this::sync);
		}
		else {
			this.handle.addWatch(root(), this.watcher, AddWatchMode.PERSISTENT_RECURSIVE,
					(rc, path, context) -> answer(rc, this::sync), null);
		}
	}

	/** For the root alone, and so that the watcher is told of the connection. */
	private void watchRoot(Runnable then) {
		this.handle.exists(root(), this.watcher, (rc, path, context, stat) -> answer(rc, then, Code.NONODE), null);
	}

	/** Without it a follower that lags would show an older state, or an empty one. */
	private void sync() {
		this.handle.sync(root(), (rc, path, context) -> answer(rc, () -> {
			if (ownOnly()) {
				readOwn();
			}
			else {
				read(SubtreeReader.ofAll(this, this.mirror.tree(), this.sizes));
			}
		}), null);
	}

	/**
	 * This call alone knows no chroot, neither in its path nor in those of its answer.
	 */
	private void readOwn() {
		String chroot = this.mirror.chroot();
		this.handle.getEphemerals(Paths.under(chroot, root()), (rc, context, paths) -> answer(rc, () -> {
			List<String> below = paths.stream()
				.map((path) -> Paths.isBelow(chroot, path) ? path.substring(chroot.length()) : path)
				.filter((path) -> Paths.isBelow(root(), path))
				.toList();
			read(SubtreeReader.ofNodes(below, this, this.mirror.tree(), this.sizes));
		}), null);
	}

	private void read(SubtreeReader started) {
		this.reader = started;
		started.proceed();
	}

	/** All that was to be read has been. */
	void read(Collection<Node> nodes, long newest) {
		this.reader = null;
		this.sizes.succeeded();
		if (!ownOnly()) {
			this.queue = new ChangeQueue(this, this.mirror, this.sizes);
			this.mirror.synced(this, nodes, newest);
		}
		else if (this.inSync) {
			this.asking = false;
			this.mirror.readAgain(nodes, Elections.lastZxid(this.handle));
		}
		else {
			// the newest of the own nodes says nothing of the others
			this.mirror.synced(this, nodes, Math.max(newest, Elections.lastZxid(this.handle)));
		}
	}

	/** The mirror has the snapshot: from now on the handle may be used. */
	void enterSync() {
		this.inSync = true;
	}

	void event(WatchedEvent event) {
		EventType type = event.getType();
		String path = event.getPath();
		if (path == null) {
			return;
		}
		if (ownOnly()) {
			ask();
			return;
		}
		switch (type) {
			case NodeCreated, NodeDataChanged, NodeDeleted -> {
				if (this.queue != null) {
					this.queue.event(type, path, event.getZxid());
				}
				else if (this.reader != null) {
					this.reader.event(type, path, event.getZxid());
				}
			}
			case PersistentWatchRemoved -> this.mirror.detach(this, "somebody removed the watch");
			default -> {
			}
		}
	}

	/**
	 * Asks whether the server is there, and whether its events have all come. One that
	 * refuses the root tells no events of it any more.
	 */
	void ask() {
		if (this.asking) {
			return;
		}
		this.asking = true;
		if (ownOnly()) {
			watchRoot(() -> {
				this.mirror.elections().answered(this.handle);
				readOwn();
			});
			return;
		}
		this.handle.exists(root(), false, (rc, path, context, stat) -> answer(rc, () -> {
			this.asking = false;
			this.mirror.elections().answered(this.handle);
			if (missed(stat)) {
				this.mirror.detach(this, "an event did not come");
			}
		}, Code.NONODE), null);
	}

	/** The event of what an answer shows has come before the answer. */
	private boolean missed(@Nullable Stat stat) {
		if (this.queue == null || !this.queue.settled()) {
			return false;
		}
		return (stat != null) ? Math.max(stat.getPzxid(), stat.getMzxid()) > this.mirror.newestZxid()
				: this.mirror.tree().find(root()) != null;
	}

	/**
	 * Takes an answer on the event thread: drops it if this attachment has ended, ends it
	 * if the answer is a failure.
	 */
	void answer(int rc, Runnable step, Code... accepted) {
		this.mirror.inTurn(this, () -> {
			Code code = Code.get(rc);
			if (code == Code.OK || List.of(accepted).contains(code)) {
				this.mirror.heard();
				step.run();
			}
			else {
				this.mirror.detach(this, code);
			}
		});
	}

	/**
	 * Runs a step behind all events that the client has received so far: the client
	 * answers a transaction of nothing by itself, in turn.
	 */
	void afterReceived(Runnable step) {
		this.handle.multi(List.of(), (rc, path, context, results) -> this.mirror.inTurn(this, step), null);
	}

	/** Reads in one request. The error of one operation is no failure. */
	void multi(List<Op> operations, Consumer<List<OpResult>> step) {
		this.handle.multi(operations, (rc, path, context, results) -> {
			boolean answered = results != null && results.size() == operations.size();
			answer(answered ? Code.OK.intValue() : rc, () -> step.accept(results));
		}, null);
	}

	/** The ensemble refuses what cannot be done without. */
	void refused(Code code) {
		this.mirror.detach(this, code);
	}

	void tooManyChildren(String path, int children) {
		this.mirror.complaints().tooManyChildren(path, children, this.buffer);
	}

	/** The connection is lost. */
	void lost() {
		this.inSync = false;
		if (this.reader != null) {
			this.reader.lost();
		}
		if (this.queue != null) {
			this.queue.lost();
		}
	}

}
