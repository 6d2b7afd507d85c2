package io.roster.registry.registration;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import io.roster.coordination.Mirror;
import io.roster.coordination.Node;
import io.roster.coordination.ZnodeGrant;
import io.roster.discovery.Instance;
import io.roster.discovery.InstanceData;
import io.roster.discovery.InstanceNodes;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.jspecify.annotations.Nullable;

/**
 * Registers instances for programs that have no session of their own. An instance is a
 * persistent sequential znode among the others, and a record of its own stands below
 * {@value RegistrationRecord#ROOT}; both are made in one transaction and go in one
 * transaction. A heartbeat writes the record and leaves the instance alone, so that no
 * consumer sees it.
 * <p>
 * A call whose answer is lost fails, and what it may have made goes with its TTL. Safe
 * for use by many threads; nothing in it blocks.
 */
public final class Registrations {

	private static final int ANY = -1;

	/** A record is written at most so often in its TTL. */
	private static final int WRITES_PER_TTL = 3;

	private final Mirror instances;

	private final Mirror records;

	private final InstanceNodes nodes;

	private final Lookup lookup;

	private final LongSupplier ticker;

	private final Clock clock;

	/** By record, when the last write of this replica was sent that was confirmed. */
	private final Map<String, Long> written = new ConcurrentHashMap<>();

	/**
	 * Registers below the roots of two mirrors.
	 * @param instances a mirror with data of the sequential layout; stays open
	 * @param records a mirror with data of {@value RegistrationRecord#ROOT}; stays open
	 * @param ticker nanoseconds of a monotonic clock
	 * @param clock the time of day
	 */
	Registrations(Mirror instances, Mirror records, LongSupplier ticker, Clock clock) {
		this.instances = instances;
		this.records = records;
		this.nodes = new InstanceNodes(instances.root(), null);
		this.lookup = new Lookup(instances, records);
		this.ticker = ticker;
		this.clock = clock;
	}

	/**
	 * Whether a registration has its record, as far as this replica knows.
	 * @param registrationId the id in the data of an instance
	 * @return whether it stands
	 */
	public boolean isRecorded(String registrationId) {
		return this.records.snapshot().node(RegistrationRecord.path(registrationId)).isPresent();
	}

	/**
	 * How many registrations stand, as far as this replica knows.
	 * @return the number of records
	 */
	int size() {
		return this.records.snapshot().size();
	}

	/**
	 * Registers an instance.
	 * @param service a valid name
	 * @param data what it says about itself
	 * @param ttl how long it stays without a heartbeat
	 * @param principal to whom it belongs, {@code null} for anybody
	 * @return the instance, when the ensemble has committed it
	 */
	CompletableFuture<Registered> register(String service, InstanceData data, Duration ttl,
			@Nullable String principal) {
		String registrationId = RegistrationIds.next();
		byte[] bytes = InstanceNodes.write(service, registrationId, this.clock.instant(), data);
		String recordPath = RegistrationRecord.path(registrationId);
		RegistrationRecord record = new RegistrationRecord(ttl.toMillis(), principal);
		List<Op> ops = List.of(
				Op.create(this.instances.root() + "/" + service, bytes, acl(ZnodeGrant.READABLE),
						CreateMode.PERSISTENT_SEQUENTIAL),
				Op.create(recordPath, record.bytes(), acl(ZnodeGrant.PRIVATE), CreateMode.PERSISTENT));
		return handle().thenCompose((handle) -> {
			long sent = this.ticker.getAsLong();
			return create(handle, ops).thenCompose((made) -> {
				this.written.put(recordPath, sent);
				Node unread = new Node(made, Node.UNKNOWN, null, bytes);
				return Lookup.read(handle, made)
					.handle((node, failure) -> (node != null) ? node.orElse(unread) : unread)
					.thenApply((node) -> registered(node, ttl, sent));
			});
		});
	}

	private List<ACL> acl(ZnodeGrant grant) {
		return this.instances.access().acl(grant);
	}

	/** Makes what is missing above, and tries once more. */
	private CompletableFuture<String> create(ZooKeeper handle, List<Op> ops) {
		return transact(handle, ops).thenCompose((code) -> {
			if (code.isPresent()) {
				return CompletableFuture.completedFuture(code);
			}
			return make(handle, this.instances.root(), ZnodeGrant.SHARED)
				.thenCompose((made) -> make(handle, RegistrationRecord.ROOT, ZnodeGrant.PRIVATE))
				.thenCompose((made) -> transact(handle, ops));
		})
			.thenApply((results) -> results.map((all) -> ((OpResult.CreateResult) all.get(0)).getPath())
				.orElseThrow(
						() -> new CompletionException(KeeperException.create(Code.NONODE, this.instances.root()))));
	}

	/** Makes a persistent node, its parents first; what fails shows in what follows. */
	private CompletableFuture<Void> make(ZooKeeper handle, String path, ZnodeGrant grant) {
		int slash = path.lastIndexOf('/');
		CompletableFuture<Void> parents = (slash > 0) ? make(handle, path.substring(0, slash), grant)
				: CompletableFuture.completedFuture(null);
		return parents.thenCompose((made) -> {
			CompletableFuture<Void> done = new CompletableFuture<>();
			handle.create(path, new byte[0], acl(grant), CreateMode.PERSISTENT,
					(rc, at, context, name) -> done.complete(null), null);
			return done;
		});
	}

	/**
	 * Does all or nothing.
	 * @return what was done, or empty if one of the znodes is not there
	 */
	private static CompletableFuture<Optional<List<OpResult>>> transact(ZooKeeper handle, List<Op> ops) {
		CompletableFuture<Optional<List<OpResult>>> done = new CompletableFuture<>();
		handle.multi(ops, (rc, path, context, results) -> {
			if (rc == Code.OK.intValue()) {
				done.complete(Optional.of(results));
			}
			else if (rc == Code.NONODE.intValue()) {
				done.complete(Optional.empty());
			}
			else {
				done.completeExceptionally(KeeperException.create(Code.get(rc), ops.get(0).getPath()));
			}
		}, null);
		return done;
	}

	private Registered registered(Node node, Duration ttl, long sent) {
		Instance instance = this.nodes.read(node)
			.orElseThrow(() -> new IllegalStateException(node.path() + " is no instance"));
		Duration left = ttl.minusNanos(this.ticker.getAsLong() - sent);
		return new Registered(instance, ttl, left.isNegative() ? Duration.ZERO : left);
	}

	/**
	 * Keeps an instance for another TTL. What was written less than a third of the TTL
	 * ago is not written again: at least two thirds of it are left.
	 * @param id the name of its znode
	 * @param caller who asks
	 * @return the instance; exceptionally with {@link Refused} if it is gone or somebody
	 * else's
	 */
	CompletableFuture<Registered> heartbeat(String id, Owner caller) {
		return handle().thenCompose(
				(handle) -> this.lookup.find(handle, id).thenCompose((found) -> beat(handle, id, found, caller)));
	}

	private CompletableFuture<Registered> beat(ZooKeeper handle, String id, Found found, Owner caller) {
		Node instance = found.instance();
		String recordPath = found.recordPath();
		RegistrationRecord record = found.record();
		if (instance == null || (recordPath != null && record == null)) {
			throw gone(id);
		}
		requireOwn(id, record, caller);
		if (recordPath == null || record == null) {
			throw foreign(id);
		}
		long now = this.ticker.getAsLong();
		Long last = this.written.get(recordPath);
		if (last != null && now - last < record.ttl().toNanos() / WRITES_PER_TTL) {
			return CompletableFuture.completedFuture(registered(instance, record.ttl(), last));
		}
		List<Op> ops = List.of(Op.check(instance.path(), ANY), Op.setData(recordPath, record.bytes(), ANY));
		return transact(handle, ops).thenApply((done) -> {
			if (done.isEmpty()) {
				this.written.remove(recordPath);
				throw gone(id);
			}
			this.written.put(recordPath, now);
			return registered(instance, record.ttl(), now);
		});
	}

	/**
	 * Ends a registration in good order: consumers drop the instance at once.
	 * @param id the name of its znode
	 * @param caller who asks
	 * @return completes when it is gone, also if it was gone before; exceptionally with
	 * {@link Refused} if it is somebody else's
	 */
	CompletableFuture<Void> deregister(String id, Owner caller) {
		return handle().thenCompose(
				(handle) -> this.lookup.find(handle, id).thenCompose((found) -> delete(handle, id, found, caller)));
	}

	private CompletableFuture<Void> delete(ZooKeeper handle, String id, Found found, Owner caller) {
		Node instance = found.instance();
		String recordPath = found.recordPath();
		byte[] data = (instance != null) ? instance.data() : null;
		if (instance == null || data == null) {
			return CompletableFuture.completedFuture(null);
		}
		requireOwn(id, found.record(), caller);
		if (recordPath == null) {
			throw foreign(id);
		}
		List<Op> ops = new ArrayList<>();
		if (found.record() != null) {
			ops.add(Op.delete(recordPath, ANY));
		}
		ops.add(Op.setData(instance.path(), InstanceNodes.lastWord(data), ANY));
		ops.add(Op.delete(instance.path(), ANY));
		// What is not there any more has expired meanwhile.
		return transact(handle, ops).thenAccept((done) -> this.written.remove(recordPath));
	}

	/** Nobody remembers what is gone. */
	void forget(String recordPath) {
		this.written.remove(recordPath);
	}

	private static void requireOwn(String id, @Nullable RegistrationRecord record, Owner caller) {
		if (record != null && !caller.mayChange(record.principal())) {
			throw new Refused(Refused.Reason.NOT_YOURS,
					"Instance '" + id + "' was not registered by '" + caller.name() + "'.");
		}
	}

	private static Refused foreign(String id) {
		return new Refused(Refused.Reason.FOREIGN, "Instance '" + id + "' was not registered over REST.");
	}

	private static Refused gone(String id) {
		return new Refused(Refused.Reason.GONE, "There is no registration '" + id + "'.");
	}

	private CompletableFuture<ZooKeeper> handle() {
		ZooKeeper handle = this.records.handle();
		return (handle != null && this.instances.handle() == handle) ? CompletableFuture.completedFuture(handle)
				: CompletableFuture.failedFuture(KeeperException.create(Code.CONNECTIONLOSS, RegistrationRecord.ROOT));
	}

}
