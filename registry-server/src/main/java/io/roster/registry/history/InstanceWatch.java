package io.roster.registry.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import io.roster.coordination.MirrorEvent;
import io.roster.coordination.Node;
import io.roster.coordination.NodeChange;
import io.roster.coordination.Snapshot;
import io.roster.discovery.Instance;
import io.roster.discovery.InstanceNodes;
import io.roster.discovery.InstanceStatus;
import io.roster.registry.history.HistoryEvent.Cause;
import io.roster.registry.history.HistoryEvent.Change;
import io.roster.registry.registration.RegistrationIds;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of what the mirrors of the instances tell. Confined to the history's
 * thread.
 */
final class InstanceWatch {

	private final InstanceNodes instances;

	/** Whether a registration over REST has its record. */
	private final Predicate<String> recorded;

	private final Map<String, Standing> standing = new HashMap<>();

	/** How many instances stand by the session that owns them. */
	private final Map<Long, Integer> sessions = new HashMap<>();

	InstanceWatch(InstanceNodes instances, Predicate<String> recorded) {
		this.instances = instances;
		this.recorded = recorded;
	}

	/** What stands as far as is known, as the events tell it. */
	Collection<Standing> standing() {
		return this.standing.values();
	}

	void forget() {
		this.standing.clear();
		this.sessions.clear();
	}

	/** Takes in what was written down, perhaps of a time when nobody looked here. */
	void remember(Standing instance) {
		if (!this.standing.containsKey(instance.path())) {
			put(instance);
		}
	}

	/** Brings what is remembered up to an event that was written down later. */
	void replay(Entry entry) {
		Standing known = this.standing.get(entry.path());
		if (entry.change() == Change.LEFT) {
			if (known != null && known.czxid() == entry.czxid()) {
				drop(known);
			}
		}
		else if (known == null || known.mzxid() < entry.zxid()) {
			long millis = entry.at().toEpochMilli();
			put(new Standing(entry.path(), entry.czxid(), entry.zxid(), millis, millis, entry.service(),
					(entry.status() != null) ? entry.status() : InstanceStatus.UP.name(), 0, ""));
		}
	}

	/**
	 * Takes the next event of a mirror.
	 * @param root the root of the mirror
	 * @param event the event
	 * @param now the time of day
	 * @return what it tells
	 */
	List<Observation> take(String root, MirrorEvent event, Instant now) {
		List<Observation> seen = new ArrayList<>();
		if (event instanceof MirrorEvent.Synced synced) {
			lost(root, synced.snapshot(), now, seen);
			synced.changes().forEach((change) -> {
				if (!(change instanceof NodeChange.Deleted)) {
					change(change, now, seen);
				}
			});
		}
		else if (event instanceof MirrorEvent.Changed changed) {
			change(changed.change(), now, seen);
		}
		return seen;
	}

	/** What was there before and is not, nobody saw why. */
	private void lost(String root, Snapshot snapshot, Instant now, List<Observation> seen) {
		String below = root.equals("/") ? "/" : root + "/";
		List<Standing> gone = this.standing.values()
			.stream()
			.filter((known) -> known.path().startsWith(below))
			.filter((known) -> snapshot.node(known.path()).filter((node) -> node.czxid() == known.czxid()).isEmpty())
			.toList();
		gone.forEach((known) -> {
			drop(known);
			seen.add(new Observation(known.entry(Node.UNKNOWN, now, Change.LEFT, Cause.UNSEEN), null));
		});
	}

	private void change(NodeChange change, Instant now, List<Observation> seen) {
		if (change instanceof NodeChange.Created created) {
			stands(created.node(), now, seen);
		}
		else if (change instanceof NodeChange.Updated updated) {
			stands(updated.after(), now, seen);
		}
		else if (change instanceof NodeChange.Deleted deleted) {
			gone(deleted, now, seen);
		}
	}

	private void stands(Node node, Instant now, List<Observation> seen) {
		Standing after = read(node);
		if (after == null) {
			return;
		}
		Standing before = this.standing.get(node.path());
		if (before != null && before.czxid() != after.czxid()) {
			drop(before);
			seen.add(new Observation(before.entry(Node.UNKNOWN, now, Change.LEFT, Cause.UNSEEN), null));
			before = null;
		}
		put(after);
		if (before == null) {
			seen.add(new Observation(after.entry(after.czxid(), after.created(), Change.JOINED, Cause.REGISTERED),
					null));
		}
		else if (before.mzxid() < after.mzxid()) {
			seen.add(
					new Observation(after.entry(after.mzxid(), after.modified(), Change.UPDATED, Cause.CHANGED), null));
		}
	}

	private void gone(NodeChange.Deleted deleted, Instant now, List<Observation> seen) {
		Standing known = this.standing.get(deleted.node().path());
		if (known == null || known.czxid() != deleted.node().czxid()) {
			return;
		}
		drop(known);
		if (deleted.zxid() == Node.UNKNOWN) {
			seen.add(new Observation(known.entry(Node.UNKNOWN, now, Change.LEFT, Cause.UNSEEN), null));
		}
		else if (deleted.rewritten() || InstanceStatus.DRAINING.name().equals(known.status())) {
			seen.add(new Observation(known.entry(deleted.zxid(), now, Change.LEFT, Cause.CLOSED), null));
		}
		else {
			seen.add(new Observation(known.entry(deleted.zxid(), now, Change.LEFT, Cause.EXPIRED), known));
		}
	}

	/** The rule of {@link Cause} for what went without a word, a second later. */
	Cause cause(Standing gone) {
		boolean removed = (gone.session() != 0) ? this.sessions.containsKey(gone.session())
				: !RegistrationIds.isOne(gone.registrationId()) || this.recorded.test(gone.registrationId());
		return removed ? Cause.REMOVED : Cause.EXPIRED;
	}

	private @Nullable Standing read(Node node) {
		Stat stat = node.stat();
		Instance instance = (stat != null) ? this.instances.read(node).orElse(null) : null;
		if (stat == null || instance == null) {
			return null;
		}
		byte[] data = node.data();
		boolean persistent = stat.getEphemeralOwner() == 0;
		String id = (persistent && data != null) ? InstanceNodes.registrationId(data).orElse("") : "";
		return new Standing(instance.path(), node.czxid(), stat.getMzxid(), stat.getCtime(), stat.getMtime(),
				instance.name(), instance.status().name(), stat.getEphemeralOwner(), id);
	}

	private void put(Standing instance) {
		Standing before = this.standing.put(instance.path(), instance);
		if (before != null) {
			count(before.session(), -1);
		}
		count(instance.session(), 1);
	}

	private void drop(Standing instance) {
		this.standing.remove(instance.path());
		count(instance.session(), -1);
	}

	private void count(long session, int by) {
		this.sessions.merge(session, by, (old, change) -> (old + change > 0) ? Integer.valueOf(old + change) : null);
	}

	/**
	 * An instance that stands, or stood.
	 *
	 * @param path its znode
	 * @param czxid the transaction that created it
	 * @param mzxid the transaction that wrote it last
	 * @param ctime when it was created, in milliseconds
	 * @param mtime when it was written last, in milliseconds
	 * @param service the service
	 * @param status its status
	 * @param session the session that owns it, 0 for none
	 * @param registrationId the id in the data of a persistent one, else empty
	 */
	record Standing(String path, long czxid, long mzxid, long ctime, long mtime, String service, String status,
			long session, String registrationId) {

		Standing {
			Objects.requireNonNull(path);
			Objects.requireNonNull(service);
			Objects.requireNonNull(status);
			Objects.requireNonNull(registrationId);
		}

		Instant created() {
			return Instant.ofEpochMilli(this.ctime);
		}

		Instant modified() {
			return Instant.ofEpochMilli(this.mtime);
		}

		Entry entry(long zxid, Instant at, Change change, Cause cause) {
			return new Entry(zxid, at, this.path, this.czxid, this.service, change, cause, this.status);
		}

	}

	/**
	 * An event before its cause is known for sure.
	 *
	 * @param entry the event
	 * @param wordless the instance that left without a word, whose cause is asked for
	 * later; else {@code null}
	 */
	record Observation(Entry entry, @Nullable Standing wordless) {
	}

}
