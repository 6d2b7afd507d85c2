package io.roster.coordination;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole subtree in batches, while its events come in: nodes first, then the
 * children of those that have some, level by level.
 * <p>
 * A client sees the event of a change before an answer that shows the change (ZooKeeper's
 * programmer's guide, "What ZooKeeper guarantees about watches"), so an answer is never
 * older than the events before it. The zxids are compared nevertheless. Guarded by the
 * mirror's lock.
 */
final class SubtreeReader {

	private final Attachment attachment;

	private final TreeSnapshot before;

	private final ReadSizes sizes;

	/** Whether children are read too. */
	private final boolean whole;

	private final Map<String, Node> nodes = new HashMap<>();

	private final Set<String> toCheck = new LinkedHashSet<>();

	private final Set<String> toRead = new LinkedHashSet<>();

	private final Set<String> toList = new LinkedHashSet<>();

	private final Set<String> listed = new HashSet<>();

	/** Nodes deleted meanwhile, with the zxid of the deletion. */
	private final Map<String, Long> deleted = new HashMap<>();

	/** Sizes that were asked for in this attempt. */
	private final Map<String, Integer> measured = new HashMap<>();

	private int unanswered;

	private List<String> inFlight = List.of();

	private boolean listing;

	/** Where the root is absent: the newest change of those around it, once read. */
	private long ancestorZxid = Node.UNKNOWN;

	private long newest;

	private SubtreeReader(Attachment attachment, TreeSnapshot before, ReadSizes sizes, boolean whole) {
		this.attachment = attachment;
		this.before = before;
		this.sizes = sizes;
		this.whole = whole;
	}

	/** Reads all of the subtree. */
	static SubtreeReader ofAll(Attachment attachment, TreeSnapshot before, ReadSizes sizes) {
		SubtreeReader reader = new SubtreeReader(attachment, before, sizes, true);
		reader.want(attachment.root());
		return reader;
	}

	/** Reads some nodes of the subtree and nothing else. */
	static SubtreeReader ofNodes(Collection<String> paths, Attachment attachment, TreeSnapshot before,
			ReadSizes sizes) {
		SubtreeReader reader = new SubtreeReader(attachment, before, sizes, false);
		paths.forEach(reader::want);
		return reader;
	}

	/** Sends the next read, or ends. One read is in flight at a time. */
	void proceed() {
		this.inFlight = List.of();
		if (!this.toCheck.isEmpty()) {
			check(this.toCheck.stream().limit(BatchSizes.MOST).toList());
		}
		else if (!this.toRead.isEmpty()) {
			read(this.sizes.nodes().next(this.toRead, this::knownSize, this.attachment.buffer()));
		}
		else if (!this.toList.isEmpty()) {
			list(this.sizes.lists().next(this.toList, this::listSize, this.attachment.buffer()));
		}
		else if (!this.whole || this.nodes.containsKey(this.attachment.root())) {
			this.attachment.read(this.nodes.values(), this.newest);
		}
		else if (this.ancestorZxid == Node.UNKNOWN) {
			readAncestor(this.attachment.root());
		}
		else {
			this.attachment.read(this.nodes.values(), Math.max(this.newest, this.ancestorZxid));
		}
	}

	void event(EventType type, String path, long zxid) {
		saw(zxid);
		if (type == EventType.NodeDeleted) {
			this.nodes.remove(path);
			this.toCheck.remove(path);
			this.toRead.remove(path);
			this.toList.remove(path);
			this.listed.remove(path);
			this.deleted.put(path, zxid);
		}
		else {
			want(path);
		}
	}

	/** The connection is lost: perhaps because of the read in flight. */
	void lost() {
		if (this.inFlight.isEmpty()) {
			return;
		}
		if (!this.listing) {
			this.sizes.nodes().lost(this.inFlight);
			return;
		}
		String first = this.inFlight.get(0);
		if (this.inFlight.size() == 1 && this.sizes.lists().suspect(first)) {
			Node node = this.nodes.get(first);
			Stat stat = (node != null) ? node.stat() : null;
			this.attachment.tooManyChildren(first, (stat != null) ? stat.getNumChildren() : 0);
		}
		this.sizes.lists().lost(this.inFlight);
	}

	private void want(String path) {
		if (this.sizes.nodes().suspect(path) || knownSize(path) > this.attachment.buffer()) {
			this.toCheck.add(path);
		}
		else {
			this.toRead.add(path);
		}
	}

	/** Asks how large nodes are before they are read: an answer without data is small. */
	private void check(List<String> batch) {
		batch.forEach(this.toCheck::remove);
		this.unanswered = batch.size();
		for (String path : batch) {
			this.attachment.handle().exists(path, false, (rc, p, context, stat) -> this.attachment.answer(rc, () -> {
				checked(path, Code.get(rc), stat);
				this.unanswered--;
				if (this.unanswered == 0) {
					proceed();
				}
			}, Code.NONODE, Code.NOAUTH), null);
		}
	}

	private void checked(String path, Code code, @Nullable Stat stat) {
		this.sizes.nodes().acquit(path);
		if (stat != null) {
			this.measured.put(path, ReadSizes.ofNode(stat));
		}
		if (stat != null && ReadSizes.ofNode(stat) > this.attachment.buffer()) {
			keep(new Node(path, stat.getCzxid(), stat, null));
		}
		else if (code != Code.NONODE) {
			this.toRead.add(path);
		}
	}

	/** Without the few bytes that a multi adds. */
	private void readAlone(String path) {
		this.attachment.handle().getData(path, false, (rc, p, context, data, stat) -> this.attachment.answer(rc, () -> {
			if (stat != null) {
				this.sizes.nodes().answered(1, ReadSizes.ofNode(stat));
				keep(new Node(path, stat.getCzxid(), stat, data));
			}
			else if (!withoutData(path, Code.get(rc))) {
				return;
			}
			proceed();
		}, Code.NONODE, Code.NOAUTH), null);
	}

	private void read(List<String> batch) {
		this.inFlight = batch;
		this.listing = false;
		batch.forEach(this.toRead::remove);
		if (batch.size() == 1) {
			readAlone(batch.get(0));
			return;
		}
		this.attachment.multi(batch.stream().map(Op::getData).toList(), (results) -> {
			int bytes = 0;
			for (int i = 0; i < batch.size(); i++) {
				if (results.get(i) instanceof OpResult.GetDataResult result) {
					bytes += ReadSizes.ofNode(result.getStat());
					keep(new Node(batch.get(i), result.getStat().getCzxid(), result.getStat(), result.getData()));
				}
				else if (!withoutData(batch.get(i), codeOf(results.get(i)))) {
					return;
				}
			}
			this.sizes.nodes().answered(batch.size(), bytes);
			proceed();
		});
	}

	private void list(List<String> batch) {
		this.inFlight = batch;
		this.listing = true;
		batch.forEach(this.toList::remove);
		this.attachment.multi(batch.stream().map(Op::getChildren).toList(), (results) -> {
			int bytes = 0;
			for (int i = 0; i < batch.size(); i++) {
				if (results.get(i) instanceof OpResult.GetChildrenResult result) {
					bytes += ReadSizes.ofNames(result.getChildren());
					enter(batch.get(i), result.getChildren());
				}
				else if (codeOf(results.get(i)) == Code.NOAUTH && !keepChildren(batch.get(i))) {
					return;
				}
			}
			this.sizes.lists().answered(batch.size(), bytes);
			proceed();
		});
	}

	private void enter(String parent, Collection<String> names) {
		for (String name : names) {
			String path = Paths.child(parent, name);
			if (!this.nodes.containsKey(path)) {
				want(path);
			}
		}
	}

	/**
	 * An absent root says nothing of when it went; its parent's pzxid does, where it may
	 * be read.
	 */
	private void readAncestor(String path) {
		String parent = Paths.parent(path);
		this.attachment.handle().exists(parent, false, (rc, p, context, stat) -> this.attachment.answer(rc, () -> {
			boolean refused = rc == Code.NOAUTH.intValue();
			if (stat == null && !refused && !parent.equals("/")) {
				readAncestor(parent);
				return;
			}
			long unknown = refused ? this.attachment.newestSeen() : 0;
			this.ancestorZxid = (stat != null) ? stat.getPzxid() : unknown;
			proceed();
		}, Code.NONODE, Code.NOAUTH), null);
	}

	private void keep(Node node) {
		String path = node.path();
		Stat stat = node.stat();
		if (stat != null) {
			saw(Math.max(Math.max(stat.getCzxid(), stat.getMzxid()), stat.getPzxid()));
			if (stat.getCzxid() < this.deleted.getOrDefault(path, 0L)) {
				return;
			}
			if (this.whole && stat.getNumChildren() > 0 && this.listed.add(path)) {
				this.toList.add(path);
			}
		}
		this.nodes.put(path, this.attachment.data() ? node : new Node(path, node.czxid(), stat, null));
	}

	private void saw(long zxid) {
		this.newest = Math.max(this.newest, zxid);
	}

	private int knownSize(String path) {
		Integer size = this.measured.get(path);
		if (size != null) {
			return size;
		}
		Node node = this.before.find(path);
		Stat stat = (node != null) ? node.stat() : null;
		return (stat != null) ? ReadSizes.ofNode(stat) : -1;
	}

	private int listSize(String path) {
		Node node = this.nodes.get(path);
		Stat stat = (node != null) ? node.stat() : null;
		return (stat != null) ? ReadSizes.ofList(stat) : -1;
	}

	/**
	 * Absent, or there without the right to read it; any other error ends the attempt.
	 */
	private boolean withoutData(String path, Code code) {
		if (code == Code.NOAUTH && !path.equals(this.attachment.root())) {
			keepAsBefore(path);
		}
		else if (code != Code.NONODE) {
			this.attachment.refused(code);
			return false;
		}
		return true;
	}

	/** The ACL was changed between the read of a node and of its children. */
	private boolean keepChildren(String path) {
		if (path.equals(this.attachment.root())) {
			this.attachment.refused(Code.NOAUTH);
			return false;
		}
		this.before.children(path).forEach((child) -> keepAsBefore(child.path()));
		return true;
	}

	/** A refusal is no news of a node: what was known of it stays. */
	private void keepAsBefore(String path) {
		if (this.nodes.containsKey(path) || this.deleted.containsKey(path)) {
			return;
		}
		Node known = this.before.find(path);
		this.nodes.put(path, (known != null) ? known : new Node(path, Node.UNKNOWN, null, null));
		this.before.children(path).forEach((child) -> keepAsBefore(child.path()));
	}

	private static Code codeOf(OpResult result) {
		return (result instanceof OpResult.ErrorResult error) ? Code.get(error.getErr()) : Code.MARSHALLINGERROR;
	}

}
