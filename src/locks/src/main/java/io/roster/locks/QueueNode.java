package io.roster.locks;

import java.util.Collections;
import java.util.List;
import java.util.UUID;

import io.roster.coordination.Node;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * One place in a queue as this replica knows it; its identity is its czxid. Confined to
 * the replica's {@link Serial}.
 */
final class QueueNode implements Comparable<QueueNode> {

	private final String lock;

	private final String path;

	private final PlaceName name;

	private final long seenAt;

	private long czxid;

	private long changedAt;

	private @Nullable Content content;

	private long vouchedFrom;

	private long vouchedNanos;

	private boolean read;

	private boolean foreign;

	private @Nullable LeaseData lastKnown;

	private @Nullable String principal;

	private @Nullable Mode asked;

	private @Nullable List<String> locks;

	private boolean holding;

	private long heldSince;

	/** Whether this replica has told of its grant. */
	boolean granted;

	/** Its client has given it back, and the delete is on its way: {@link HandToHand}. */
	boolean leaving;

	/** It was told, to those who watch, to hold its lock. */
	boolean toldHolding;

	/** The lease in it as it was told, to those who watch, last. */
	@Nullable LeaseData told;

	/** It was told, to those who watch, to be gone. */
	boolean toldGone;

	/** The next step of this node's expiry. */
	Timers.@Nullable Timer timer;

	QueueNode(String lock, String path, PlaceName name, long czxid, long now) {
		this.lock = lock;
		this.path = path;
		this.name = name;
		this.czxid = czxid;
		this.seenAt = now;
		this.changedAt = now;
	}

	String lock() {
		return this.lock;
	}

	String path() {
		return this.path;
	}

	PlaceName name() {
		return this.name;
	}

	/** How it was asked for, once that {@link #isRead}; until then as its name says. */
	Mode mode() {
		return (this.asked != null) ? this.asked : this.name.mode();
	}

	long czxid() {
		return this.czxid;
	}

	long seenAt() {
		return this.seenAt;
	}

	/** Whether a stat is this node's, and not that of one made later under its path. */
	boolean isSame(Stat stat) {
		return this.czxid == Node.UNKNOWN || this.czxid == stat.getCzxid();
	}

	/** When the last event of this node came. */
	long changedAt() {
		return this.changedAt;
	}

	/** What stands in it, or {@code null} if that is not known. */
	@Nullable Content content() {
		return this.content;
	}

	/** The lease in it, or {@code null} if it is not known or somebody else's. */
	@Nullable LeaseData lease() {
		return (this.content != null) ? this.content.lease() : null;
	}

	/**
	 * The id of the lease that stands here, unless the node was found to be none when it
	 * was read last: a session's, which stays one whatever is written to it.
	 */
	@Nullable UUID leaseId() {
		return this.foreign ? null : this.name.lease();
	}

	/** The mirror of an old server reads the stat after it told of the event. */
	boolean isKnownAt(@Nullable Stat stat) {
		return stat != null && this.content != null && this.content.version() == stat.getVersion();
	}

	/** What the event of an old server did not tell. */
	void identify(long czxid) {
		if (this.czxid == Node.UNKNOWN) {
			this.czxid = czxid;
		}
	}

	/** Something was written to it: what was known of its data is no longer known. */
	void changed(long now) {
		this.changedAt = now;
		this.content = null;
	}

	/**
	 * Whether this replica has ever read what stands in it, or written it: whose it is
	 * does not change.
	 */
	boolean isRead() {
		return this.read;
	}

	/**
	 * To whom the lease in it belongs, once that {@link #isRead}; {@code null}: anyone.
	 */
	@Nullable String principal() {
		return this.principal;
	}

	/** Who asked for the lease in it, as far as it {@link #isRead}. */
	@Nullable String owner() {
		return (this.lastKnown != null) ? this.lastKnown.owner() : null;
	}

	/**
	 * The lease that stood in it when it was read or written last; somebody may have
	 * written to it since.
	 */
	@Nullable LeaseData lastKnown() {
		return this.lastKnown;
	}

	/**
	 * The names of all locks of the lease in it, once that {@link #isRead}; {@code null}
	 * where it is of one lock alone.
	 */
	@Nullable List<String> locks() {
		return this.locks;
	}

	/** Whether it carries a lease of several locks. */
	boolean isAnchor() {
		return this.locks != null && this.lock.equals(Collections.min(this.locks));
	}

	/** It holds its lock now, as this replica sees it. */
	void holds(long now) {
		if (!this.holding) {
			this.holding = true;
			this.heldSince = now;
		}
	}

	/** How long it has held its lock, in nanoseconds; -1 where it does not. */
	long heldNanos(long now) {
		return this.holding ? now - this.heldSince : -1;
	}

	void known(@Nullable LeaseData lease, Stat stat) {
		this.read = true;
		this.czxid = stat.getCzxid();
		boolean ephemeral = stat.getEphemeralOwner() != 0;
		boolean isLease = !ephemeral && this.name.lease() != null;
		this.content = new Content(stat.getVersion(), isLease ? lease : null, ephemeral);
		this.foreign = !isLease || lease == null;
		this.lastKnown = isLease ? lease : null;
		this.principal = (lease != null) ? lease.principal() : null;
		this.locks = (isLease && lease != null) ? lease.locks() : null;
		this.asked = (isLease && lease != null) ? lease.mode() : null;
	}

	void unknown() {
		this.content = null;
	}

	/**
	 * A write for a call that arrived then has committed: no replica takes the node away
	 * before the TTL has passed since.
	 */
	void vouch(long arrival, long ttlNanos) {
		this.vouchedFrom = arrival;
		this.vouchedNanos = ttlNanos;
	}

	/** What is left of that. A later write with a shorter TTL cuts it. */
	long vouchedRest(long now, long ttlNanos) {
		return Math.max(0, Math.min(this.vouchedNanos, ttlNanos) - (now - this.vouchedFrom));
	}

	@Override
	public int compareTo(QueueNode other) {
		return this.name.compareTo(other.name);
	}

	@Override
	public boolean equals(Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return this.path.hashCode();
	}

	@Override
	public String toString() {
		return this.path;
	}

	/**
	 * What stands in a node.
	 *
	 * @param version the version of its data
	 * @param lease the lease, {@code null} if the node is none
	 * @param ephemeral whether a session owns it
	 */
	record Content(int version, @Nullable LeaseData lease, boolean ephemeral) {
	}

}
