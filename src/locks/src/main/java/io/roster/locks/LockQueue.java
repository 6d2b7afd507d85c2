package io.roster.locks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;

import io.roster.coordination.Node;
import org.jspecify.annotations.Nullable;

/**
 * The places of one lock in their order, and the rule that says who holds. Confined to
 * the replica's {@link Serial}.
 */
final class LockQueue {

	private final String lock;

	private final TreeMap<PlaceName, QueueNode> places = new TreeMap<>();

	/** Those that count: not the ones that are being given back. */
	private final TreeMap<PlaceName, QueueNode> standing = new TreeMap<>();

	/** Of all locks. */
	private final Map<UUID, List<QueueNode>> byLease;

	private final Map<LockKind, TreeSet<PlaceName>> byKind = new EnumMap<>(LockKind.class);

	private long czxid = Node.UNKNOWN;

	private @Nullable LockConfig config;

	LockQueue(String lock, Map<UUID, List<QueueNode>> byLease) {
		this.lock = lock;
		this.byLease = byLease;
	}

	String lock() {
		return this.lock;
	}

	/**
	 * The lock's own znode is there, or somebody has written to it: what it declares is
	 * to be read.
	 */
	void isOf(long znode) {
		this.czxid = znode;
		this.config = null;
	}

	/** After a resync: what was read of the same znode is still known. */
	void follows(@Nullable LockQueue before, long znode) {
		this.czxid = znode;
		boolean same = before != null && before.czxid == znode && znode != Node.UNKNOWN;
		LockConfig known = (same && before != null) ? before.config : null;
		// More permits may have been given while nobody looked.
		this.config = (known != null && !known.semaphore()) ? known : null;
	}

	/** What the lock's own znode declares, or {@code null} if that is not known. */
	@Nullable LockConfig config() {
		return this.config;
	}

	/** The lock's own znode was read, or made. */
	void configured(long znode, LockConfig read) {
		if (this.czxid == znode || this.czxid == Node.UNKNOWN) {
			this.czxid = znode;
			this.config = read;
		}
	}

	/** There is nothing to read. */
	void notConfigured() {
		this.config = LockConfig.NONE;
	}

	void add(QueueNode node) {
		this.places.put(node.name(), node);
		if (!node.leaving) {
			this.standing.put(node.name(), node);
		}
		this.byKind.computeIfAbsent(node.name().kind(), (kind) -> new TreeSet<>()).add(node.name());
		UUID lease = node.name().lease();
		if (lease != null) {
			List<QueueNode> nodes = this.byLease.computeIfAbsent(lease, (id) -> new ArrayList<>(1));
			nodes.add(node);
			Collections.sort(nodes);
		}
	}

	/**
	 * Takes a place out.
	 * @param node a place
	 * @return whether it counted until now
	 */
	boolean remove(QueueNode node) {
		if (!this.places.remove(node.name(), node)) {
			return false;
		}
		boolean stood = this.standing.remove(node.name(), node);
		this.byKind.getOrDefault(node.name().kind(), new TreeSet<>()).remove(node.name());
		UUID lease = node.name().lease();
		List<QueueNode> nodes = (lease != null) ? this.byLease.get(lease) : null;
		if (nodes != null && nodes.remove(node) && nodes.isEmpty()) {
			this.byLease.remove(lease);
		}
		return stood;
	}

	/**
	 * A place is being given back: it does not count any more. {@link HandToHand} says
	 * when that may be.
	 */
	void leaves(QueueNode node) {
		node.leaving = true;
		this.standing.remove(node.name(), node);
	}

	/** A place was not given back after all, as far as is known. */
	void stays(QueueNode node) {
		node.leaving = false;
		if (contains(node)) {
			this.standing.put(node.name(), node);
		}
	}

	@Nullable QueueNode find(PlaceName name) {
		return this.places.get(name);
	}

	/** Whether this very node stands here. */
	boolean contains(QueueNode node) {
		QueueNode found = find(node.name());
		return found != null && found.equals(node);
	}

	/**
	 * The nodes of one lease, the oldest first. There is more than one when two replicas
	 * created one before they saw the other's.
	 * @param lease the id of the lease
	 * @return a copy, empty if there are none
	 */
	List<QueueNode> nodesOf(UUID lease) {
		List<QueueNode> nodes = this.byLease.getOrDefault(lease, List.of());
		Predicate<QueueNode> isLease = (node) -> lease.equals(node.leaseId());
		return nodes.stream().filter((node) -> node.lock().equals(this.lock)).filter(isLease).toList();
	}

	/** All of them, in order. */
	Collection<QueueNode> places() {
		return this.places.values();
	}

	/** Those that hold or wait, in order: not the ones that are being given back. */
	Collection<QueueNode> standing() {
		return this.standing.values();
	}

	boolean isEmpty() {
		return this.places.isEmpty();
	}

	@Nullable QueueNode last() {
		return this.places.isEmpty() ? null : this.places.lastEntry().getValue();
	}

	/**
	 * Whether a place holds the lock: an exclusive one when nothing that stands is in
	 * front of it, a shared one when nothing exclusive is, one of a semaphore when fewer
	 * than its permits are.
	 * @param node a place of this queue
	 * @return whether it holds
	 */
	boolean holds(QueueNode node) {
		int free = permits();
		for (QueueNode place : standing()) {
			if (place.equals(node)) {
				return true;
			}
			boolean beside = place.name().shared() && node.name().shared();
			if (!beside && --free == 0) {
				return false;
			}
		}
		return false;
	}

	/**
	 * How many may hold the lock at once, other than by sharing it. One, as long as it is
	 * not known what was declared: who knows less grants later.
	 */
	int permits() {
		return (this.config != null) ? this.config.places() : 1;
	}

	/**
	 * How many places stand in front of one; counts them.
	 * @param node a place of this queue
	 * @return 0 for the first
	 */
	int position(QueueNode node) {
		return this.standing.headMap(node.name()).size();
	}

	/**
	 * Who holds the lock: the first place, and where that is shared those that share it;
	 * as many places as a semaphore has permits.
	 * @return a copy, in order
	 */
	List<QueueNode> holders() {
		if (this.standing.isEmpty()) {
			return List.of();
		}
		if (permits() > 1) {
			return standing().stream().limit(permits()).toList();
		}
		QueueNode first = this.standing.firstEntry().getValue();
		return first.name().shared() ? standing().stream().takeWhile((place) -> place.name().shared()).toList()
				: List.of(first);
	}

	/**
	 * The kind for which a place of another kind must not be here: the one that was
	 * declared, or that of an older place, because the clients of each kind do not see
	 * the other's places.
	 * @param node a place of this queue
	 * @return the other kind, or {@code null} if the place may be here
	 */
	@Nullable LockKind kindAgainst(QueueNode node) {
		LockKind declared = declared();
		LockKind kind = (declared != null) ? declared : node.name().kind();
		boolean fits = kind.named() == node.name().kind() && kind.has(node.mode());
		return fits ? otherKindBefore(node) : kind;
	}

	/**
	 * Where a place that must not be here could stand instead.
	 * @param node a place of this queue
	 * @return the kind of which it would have to be, or {@code null} if there is none
	 */
	@Nullable LockKind kindInstead(QueueNode node) {
		LockKind against = kindAgainst(node);
		LockKind wanted = kindFor(node.mode());
		boolean pure = this.byKind.entrySet()
			.stream()
			.noneMatch((kind) -> kind.getKey() != wanted.named() && kind.getValue().lower(node.name()) != null);
		boolean elsewhere = wanted.named() != node.name().kind();
		return (against != null && elsewhere && wanted.has(node.mode()) && pure) ? wanted : null;
	}

	/**
	 * The kind of a new place: as declared, else as the first place, else the kind that
	 * the mode makes.
	 */
	LockKind kindFor(Mode mode) {
		LockKind declared = declared();
		if (declared != null) {
			return declared;
		}
		return (mode == Mode.SHARED) ? LockKind.READ_WRITE : kind();
	}

	private @Nullable LockKind declared() {
		return (this.config != null) ? this.config.kind() : null;
	}

	private @Nullable LockKind otherKindBefore(QueueNode node) {
		for (Map.Entry<LockKind, TreeSet<PlaceName>> kind : this.byKind.entrySet()) {
			if (kind.getKey() != node.name().kind() && kind.getValue().lower(node.name()) != null) {
				return kind.getKey();
			}
		}
		return null;
	}

	/** What the lock is now. */
	LockKind kind() {
		LockKind declared = declared();
		if (declared != null) {
			return declared;
		}
		return isEmpty() ? LockKind.MUTEX : this.places.firstKey().kind();
	}

}
