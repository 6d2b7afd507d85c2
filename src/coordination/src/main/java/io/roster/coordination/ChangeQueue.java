package io.roster.coordination;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Applies the events of a mirror that is in sync, in the order of their transactions:
 * while one waits for the read that it needs, those behind it wait too. Guarded by the
 * mirror's lock.
 * <p>
 * Events of servers older than 3.9 have no zxid; what it would have been is read from the
 * node, or after a deletion from its parent. Meanwhile a revision that is used only once
 * stands in for it.
 */
final class ChangeQueue {

	private final Attachment attachment;

	private final SubtreeMirror mirror;

	private final ReadSizes sizes;

	private final Deque<Change> waiting = new ArrayDeque<>();

	/** How many deletions of a path wait. */
	private final Map<String, Integer> deletions = new HashMap<>();

	/** By path, the changes that wait and have a read of their own. */
	private final Map<String, List<Change>> reads = new HashMap<>();

	/** The nodes whose last write was overtaken by their deletion. */
	private final Set<String> rewritten = new HashSet<>();

	/** Reads that complete what has been published already. */
	private int completions;

	ChangeQueue(Attachment attachment, SubtreeMirror mirror, ReadSizes sizes) {
		this.attachment = attachment;
		this.mirror = mirror;
		this.sizes = sizes;
	}

	boolean settled() {
		return this.waiting.isEmpty() && this.completions == 0;
	}

	void event(EventType type, String path, long zxid) {
		Change change = new Change(type, path, zxid, this.mirror.publications().received());
		this.waiting.add(change);
		if (change.isDeletion()) {
			this.deletions.merge(path, 1, Integer::sum);
			overtakeReads(path);
		}
		if (this.attachment.data() && !change.isDeletion()) {
			this.reads.computeIfAbsent(path, (key) -> new ArrayList<>(1)).add(change);
			if (type == EventType.NodeDataChanged) {
				this.attachment.afterReceived(() -> readUnlessOvertaken(change));
			}
			else {
				read(change);
			}
		}
		else if (change.dated || !this.attachment.data()) {
			change.resolved = true;
		}
		else {
			stat(Paths.parent(path), (stat) -> change.resolve(null, (stat != null) ? stat.getPzxid() : 0));
		}
		if (!change.dated && !this.attachment.data()) {
			complete(change);
		}
		drain();
	}

	/**
	 * What is read of a node whose deletion waits behind is not published, so that the
	 * deletion need not wait for it. Where the event has no zxid the read tells it.
	 */
	private void overtakeReads(String path) {
		for (Change change : this.reads.getOrDefault(path, List.of())) {
			if (change.dated) {
				change.resolve(null);
			}
		}
	}

	private void forgetRead(Change change) {
		this.reads.computeIfPresent(change.path, (path, changes) -> {
			changes.remove(change);
			return changes.isEmpty() ? null : changes;
		});
	}

	/** The connection is lost: perhaps because of a read in flight. */
	void lost() {
		Collection<String> reading = this.waiting.stream()
			.filter((change) -> change.reading)
			.map(Change::path)
			.toList();
		this.sizes.nodes().lost(reading);
	}

	/** The deletion is mostly there already when a last word is taken. */
	private void readUnlessOvertaken(Change change) {
		if (!change.resolved) {
			read(change);
		}
	}

	private void read(Change change) {
		Node known = this.mirror.tree().find(change.path);
		Stat stat = (known != null) ? known.stat() : null;
		if (stat == null || ReadSizes.ofNode(stat) <= this.attachment.buffer()) {
			readData(change);
			return;
		}
		stat(change.path, (now) -> {
			if (now != null && ReadSizes.ofNode(now) <= this.attachment.buffer()) {
				readData(change);
			}
			else {
				change.resolve((now != null) ? new Node(change.path, now.getCzxid(), now, null) : null);
			}
		});
	}

	private void readData(Change change) {
		change.reading = true;
		this.attachment.handle()
			.getData(change.path, false, (rc, path, context, data, stat) -> this.attachment.answer(rc, () -> {
				change.reading = false;
				boolean unreadable = rc == Code.NOAUTH.intValue();
				if (stat == null) {
					change.resolve(unreadable ? new Node(change.path, change.createdAt(), null, null) : null);
				}
				else {
					change.resolve(new Node(change.path, stat.getCzxid(), stat, data));
				}
				drain();
			}, Code.NONODE, Code.NOAUTH), null);
	}

	private void stat(String path, Consumer<@Nullable Stat> then) {
		this.attachment.handle().exists(path, false, (rc, p, context, stat) -> this.attachment.answer(rc, () -> {
			then.accept(stat);
			drain();
		}, Code.NONODE, Code.NOAUTH), null);
	}

	/** Publishes all changes up to the first that waits for its read. */
	private void drain() {
		List<NodeChange> changes = new ArrayList<>();
		TreeSnapshot tree = this.mirror.tree();
		boolean drained = false;
		boolean dated = true;
		Change change = this.waiting.peek();
		long oldest = (change != null) ? change.receivedAt : 0;
		while (change != null && change.resolved) {
			this.waiting.remove();
			forgetRead(change);
			drained = true;
			dated &= change.dated;
			this.mirror.saw(change.zxid);
			tree = apply(change, tree, changes);
			change = this.waiting.peek();
		}
		if (drained && this.attachment.inSync()) {
			this.mirror.publish(tree.at(revision(dated)), changes);
			if (!changes.isEmpty()) {
				this.mirror.publications().published(oldest);
			}
		}
	}

	private long revision(boolean dated) {
		return (dated || settled()) ? this.mirror.newestZxid() : this.mirror.standInRevision();
	}

	private TreeSnapshot apply(Change change, TreeSnapshot tree, List<NodeChange> changes) {
		Node known = tree.find(change.path);
		if (change.isDeletion()) {
			this.deletions.computeIfPresent(change.path, (path, count) -> (count > 1) ? count - 1 : null);
			boolean lastWord = this.rewritten.remove(change.path);
			boolean olderThanNode = known != null && change.dated && change.zxid < known.czxid();
			if (known == null || olderThanNode) {
				return tree;
			}
			changes.add(new NodeChange.Deleted(known, lastWord, (change.zxid > 0) ? change.zxid : Node.UNKNOWN));
			return tree.without(change.path);
		}
		Node now = this.attachment.data() ? change.node : change.named(known);
		if (now == null || this.deletions.containsKey(change.path)) {
			// Gone again: its deletion waits behind, and if it was made again that does
			// too.
			if (change.type == EventType.NodeDataChanged && known != null) {
				this.rewritten.add(change.path);
			}
			return tree;
		}
		if (known != null && Difference.sameNode(known, now)) {
			boolean unread = !this.attachment.data() && change.type == EventType.NodeDataChanged;
			if (unread || Difference.changed(known, now)) {
				changes.add(new NodeChange.Updated(known, now));
			}
		}
		else {
			if (known != null) {
				changes.add(new NodeChange.Deleted(known));
			}
			changes.add(new NodeChange.Created(now));
		}
		return tree.with(now);
	}

	/** Learns after its publication what the event of an old server did not say. */
	private void complete(Change change) {
		this.completions++;
		String path = change.isDeletion() ? Paths.parent(change.path) : change.path;
		stat(path, (stat) -> {
			this.completions--;
			TreeSnapshot tree = this.mirror.tree();
			List<NodeChange> changes = new ArrayList<>();
			if (stat != null) {
				this.mirror.saw(change.isDeletion() ? stat.getPzxid() : stat.getMzxid());
				Node known = change.isDeletion() ? null : tree.find(path);
				if (known != null && Difference.sameNode(known, new Node(path, stat.getCzxid(), stat, null))) {
					Node complete = new Node(path, stat.getCzxid(), stat, null);
					changes.add(new NodeChange.Updated(known, complete));
					tree = tree.with(complete);
				}
			}
			this.mirror.publish(tree.at(revision(false)), changes);
		});
	}

	private static final class Change {

		private final EventType type;

		private final String path;

		private final boolean dated;

		private final long receivedAt;

		private long zxid;

		private boolean reading;

		private boolean resolved;

		private @Nullable Node node;

		Change(EventType type, String path, long zxid, long receivedAt) {
			this.receivedAt = receivedAt;
			this.type = type;
			this.path = path;
			this.dated = zxid != WatchedEvent.NO_ZXID;
			this.zxid = this.dated ? zxid : 0;
		}

		String path() {
			return this.path;
		}

		boolean isDeletion() {
			return this.type == EventType.NodeDeleted;
		}

		long createdAt() {
			return (this.type == EventType.NodeCreated && this.dated) ? this.zxid : Node.UNKNOWN;
		}

		/** The node as the event alone tells it. */
		Node named(@Nullable Node known) {
			long czxid = (this.type == EventType.NodeDataChanged && known != null) ? known.czxid() : createdAt();
			return new Node(this.path, czxid, null, null);
		}

		void resolve(@Nullable Node node) {
			Stat stat = (node != null) ? node.stat() : null;
			long learned = 0;
			if (stat != null) {
				learned = (this.type == EventType.NodeCreated) ? stat.getCzxid() : stat.getMzxid();
			}
			resolve(node, learned);
		}

		void resolve(@Nullable Node node, long learned) {
			this.node = node;
			this.zxid = this.dated ? this.zxid : learned;
			this.resolved = true;
		}

	}

}
