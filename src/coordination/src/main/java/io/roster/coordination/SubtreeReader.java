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

	private final Map<String, Node> nodes = new HashMap<>();

	private final Set<String> toCheck = new LinkedHashSet<>();

	private final Set<String> toRead = new LinkedHashSet<>();

	private final Set<String> toList = new LinkedHashSet<>();

	private final Set<String> listed = new HashSet<>();

	/** Nodes deleted meanwhile, with the zxid of the deletion. */
	private final Map<String, Long> deleted = new HashMap<>();

	private List<String> inFlight = List.of();

	private boolean listing;

	private boolean ancestorRead;

	private long newest;

	SubtreeReader(Attachment attachment, TreeSnapshot before, ReadSizes sizes) {
		this.attachment = attachment;
		this.before = before;
		this.sizes = sizes;
		want(attachment.root());
	}

	/** Sends the next read, or ends. One read is in flight at a time. */
	void proceed() {
		this.inFlight = List.of();
		if (!this.toCheck.isEmpty()) {
			check(this.toCheck.iterator().next());
		}
		else if (!this.toRead.isEmpty()) {
			read(this.sizes.nodes().next(this.toRead, this::knownSize, this.attachment.buffer()));
		}
		else if (!this.toList.isEmpty()) {
			list(this.sizes.lists().next(this.toList, this::listSize, this.attachment.buffer()));
		}
		else if (!this.nodes.containsKey(this.attachment.root()) && !this.ancestorRead) {
			readAncestor(this.attachment.root());
		}
		else {
			this.attachment.read(this.nodes.values(), this.newest);
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
		int size = knownSize(path);
		if (this.sizes.nodes().suspect(path) || size > this.attachment.buffer()) {
			this.toCheck.add(path);
		}
		else {
			this.toRead.add(path);
		}
	}

	/** Looks at the length of a node's data before it is read, alone. */
	private void check(String path) {
		this.toCheck.remove(path);
		this.attachment.handle().exists(path, false, (rc, p, context, stat) -> this.attachment.answer(rc, () -> {
			if (stat == null) {
				proceed();
			}
			else if (ReadSizes.ofNode(stat) > this.attachment.buffer()) {
				keep(new Node(path, stat.getCzxid(), stat, null));
				proceed();
			}
			else {
				this.sizes.nodes().acquit(path);
				readAlone(path);
			}
		}, Code.NONODE), null);
	}

	/** Without the few bytes that a multi adds. */
	private void readAlone(String path) {
		this.inFlight = List.of(path);
		this.listing = false;
		this.attachment.handle().getData(path, false, (rc, p, context, data, stat) -> this.attachment.answer(rc, () -> {
			if (stat != null) {
				keep(new Node(path, stat.getCzxid(), stat, data));
			}
			proceed();
		}, Code.NONODE), null);
	}

	private void read(List<String> batch) {
		this.inFlight = batch;
		this.listing = false;
		this.toRead.removeAll(batch);
		this.attachment.multi(batch.stream().map(Op::getData).toList(), (results) -> {
			int bytes = 0;
			for (int i = 0; i < batch.size(); i++) {
				if (results.get(i) instanceof OpResult.GetDataResult result) {
					bytes += ReadSizes.ofNode(result.getStat());
					keep(new Node(batch.get(i), result.getStat().getCzxid(), result.getStat(), result.getData()));
				}
				else if (!withoutData(batch.get(i), results.get(i))) {
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
		this.toList.removeAll(batch);
		this.attachment.multi(batch.stream().map(Op::getChildren).toList(), (results) -> {
			int bytes = 0;
			for (int i = 0; i < batch.size(); i++) {
				if (results.get(i) instanceof OpResult.GetChildrenResult result) {
					bytes += ReadSizes.ofNames(result.getChildren());
					enter(batch.get(i), result.getChildren());
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

	/** An absent root says nothing of when it went; its parent's pzxid does. */
	private void readAncestor(String path) {
		String parent = Paths.parent(path);
		this.attachment.handle().exists(parent, false, (rc, p, context, stat) -> this.attachment.answer(rc, () -> {
			if (stat == null && !parent.equals("/")) {
				readAncestor(parent);
				return;
			}
			if (stat != null) {
				saw(stat.getPzxid());
			}
			this.ancestorRead = true;
			proceed();
		}, Code.NONODE), null);
	}

	private void keep(Node node) {
		String path = node.path();
		Stat stat = node.stat();
		if (stat != null) {
			saw(Math.max(Math.max(stat.getCzxid(), stat.getMzxid()), stat.getPzxid()));
			if (stat.getCzxid() < this.deleted.getOrDefault(path, 0L)) {
				return;
			}
			if (stat.getNumChildren() > 0 && this.listed.add(path)) {
				this.toList.add(path);
			}
		}
		this.nodes.put(path, this.attachment.data() ? node : new Node(path, node.czxid(), stat, null));
	}

	private void saw(long zxid) {
		this.newest = Math.max(this.newest, zxid);
	}

	private int knownSize(String path) {
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
	private boolean withoutData(String path, OpResult result) {
		Code code = (result instanceof OpResult.ErrorResult error) ? Code.get(error.getErr()) : Code.MARSHALLINGERROR;
		if (code == Code.NOAUTH && !path.equals(this.attachment.root())) {
			keep(new Node(path, Node.UNKNOWN, null, null));
		}
		else if (code != Code.NONODE) {
			this.attachment.refused(code);
			return false;
		}
		return true;
	}

}
