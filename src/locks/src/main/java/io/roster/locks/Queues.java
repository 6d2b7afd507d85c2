package io.roster.locks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import io.roster.coordination.Node;
import io.roster.coordination.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * All queues below the root, kept in order by the events of the mirror, so that neither a
 * grant nor a release reads anything. Confined to the replica's {@link Serial}.
 */
final class Queues {

	private final String root;

	private final TreeMap<String, LockQueue> locks = new TreeMap<>();

	private final Map<UUID, List<QueueNode>> byLease = new HashMap<>();

	Queues(String root) {
		this.root = root;
	}

	String path(String lock) {
		return this.root + "/" + lock;
	}

	Collection<LockQueue> all() {
		return this.locks.values();
	}

	@Nullable LockQueue find(String lock) {
		return this.locks.get(lock);
	}

	List<QueueNode> nodesOf(String lock, UUID lease) {
		LockQueue queue = find(lock);
		return (queue != null) ? queue.nodesOf(lease) : List.of();
	}

	/** The places of a lease in all queues. */
	List<QueueNode> nodesOf(UUID lease) {
		return this.byLease.getOrDefault(lease, List.of())
			.stream()
			.filter((node) -> lease.equals(node.leaseId()))
			.toList();
	}

	/**
	 * A place of a lease, in any queue, of which it is not known with which it was made.
	 */
	@Nullable QueueNode unread(UUID lease) {
		return nodesOf(lease).stream().filter((node) -> !node.isRead()).findFirst().orElse(null);
	}

	/**
	 * The places that one transaction made for one lease, as far as they were read: the
	 * one that carries the lease first, if it is there.
	 * @param node one of them
	 * @return at least that one
	 */
	List<QueueNode> together(QueueNode node) {
		UUID lease = node.leaseId();
		if (node.locks() == null || lease == null) {
			return List.of(node);
		}
		return nodesOf(lease).stream()
			.filter((other) -> other.locks() != null && other.czxid() == node.czxid())
			.sorted(Comparator.comparing(QueueNode::lock))
			.toList();
	}

	/**
	 * Takes in a node that is new.
	 * @param node the node, a lock or a place
	 * @param now when its event came
	 * @return the place, or {@code null} if it is none
	 */
	@Nullable QueueNode created(Node node, long now) {
		QueueNode place = place(node, now);
		if (place != null) {
			queue(place.lock()).add(place);
		}
		else if (isLock(node.path())) {
			queue(node.name()).isOf(node.czxid());
		}
		return place;
	}

	/**
	 * Takes out a node that is gone.
	 * @param node the node, a lock or a place
	 * @return the place as it was known, or {@code null} if it was none
	 */
	@Nullable QueueNode deleted(Node node) {
		QueueNode place = known(node);
		if (place != null) {
			remove(place);
		}
		else if (isLock(node.path())) {
			LockQueue queue = find(node.name());
			if (queue != null && queue.isEmpty()) {
				this.locks.remove(node.name());
			}
		}
		return place;
	}

	void remove(QueueNode place) {
		LockQueue queue = find(place.lock());
		if (queue != null) {
			queue.remove(place);
		}
	}

	/** The place of a node, if it is known: the same node, not only the same path. */
	@Nullable QueueNode known(Node node) {
		Address address = Address.of(this.root, node.path());
		LockQueue queue = (address != null) ? find(address.lock()) : null;
		PlaceName name = (address != null) ? address.place() : null;
		QueueNode place = (queue != null && name != null) ? queue.find(name) : null;
		boolean same = place != null
				&& (place.czxid() == node.czxid() || place.czxid() == Node.UNKNOWN || node.czxid() == Node.UNKNOWN);
		return same ? place : null;
	}

	/**
	 * Starts from what stands in the subtree. A node that was known stays the same
	 * object.
	 * @param snapshot what stands there
	 * @param now when it came
	 * @return the places that are gone
	 */
	List<QueueNode> replace(Snapshot snapshot, long now) {
		List<QueueNode> before = places();
		List<QueueNode> after = new ArrayList<>();
		for (Node lock : snapshot.children(this.root)) {
			for (Node node : snapshot.children(lock.path())) {
				QueueNode known = known(node);
				QueueNode place = (known != null) ? known : place(node, now);
				if (place != null) {
					after.add(place);
				}
			}
		}
		Map<String, LockQueue> known = new HashMap<>(this.locks);
		clear();
		snapshot.children(this.root)
			.forEach((lock) -> queue(lock.name()).follows(known.get(lock.name()), lock.czxid()));
		after.forEach((place) -> queue(place.lock()).add(place));
		before.removeAll(new HashSet<>(after));
		return before;
	}

	/** Forgets all: the ensemble is another one. */
	void clear() {
		this.locks.clear();
		this.byLease.clear();
	}

	List<QueueNode> places() {
		List<QueueNode> places = new ArrayList<>();
		this.locks.values().forEach((queue) -> places.addAll(queue.places()));
		return places;
	}

	/**
	 * Somebody wrote to a node: if it is a lock's own znode, what it declares is to be
	 * read.
	 * @return the lock's queue, or {@code null} if the node is none
	 */
	@Nullable LockQueue lockChanged(Node node) {
		LockQueue queue = isLock(node.path()) ? find(node.name()) : null;
		if (queue != null) {
			queue.isOf(node.czxid());
		}
		return queue;
	}

	/** Counts what this replica sees. */
	LockCounts counts() {
		int locks = 0;
		int held = 0;
		int waiting = 0;
		for (LockQueue queue : all()) {
			int holders = queue.holders().size();
			locks++;
			held += holders;
			waiting += queue.standing().size() - holders;
		}
		return new LockCounts(locks, held, waiting);
	}

	private LockQueue queue(String lock) {
		return this.locks.computeIfAbsent(lock, (name) -> new LockQueue(name, this.byLease));
	}

	private @Nullable QueueNode place(Node node, long now) {
		Address address = Address.of(this.root, node.path());
		PlaceName name = (address != null) ? address.place() : null;
		return (address != null && name != null) ? new QueueNode(address.lock(), node.path(), name, node.czxid(), now)
				: null;
	}

	private boolean isLock(String path) {
		Address address = Address.of(this.root, path);
		return address != null && address.isLock();
	}

	/**
	 * What a path below the root means.
	 *
	 * @param lock the name of the lock
	 * @param isLock whether it is the lock's own znode
	 * @param place the place in its queue, if it is one
	 */
	private record Address(String lock, boolean isLock, @Nullable PlaceName place) {

		static @Nullable Address of(String root, String path) {
			if (!path.startsWith(root + "/")) {
				return null;
			}
			String below = path.substring(root.length() + 1);
			int slash = below.indexOf('/');
			if (slash < 0) {
				return new Address(below, true, null);
			}
			String name = below.substring(slash + 1);
			return new Address(below.substring(0, slash), false,
					(name.indexOf('/') < 0) ? PlaceName.parse(name) : null);
		}

	}

}
