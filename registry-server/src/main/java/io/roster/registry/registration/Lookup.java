package io.roster.registry.registration;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.roster.coordination.Mirror;
import io.roster.coordination.Node;
import io.roster.discovery.InstanceNodes;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Finds what stands of a registration: in the mirrors, and because absence in a mirror is
 * never an answer, in the ensemble where something is missing there.
 */
final class Lookup {

	private final Mirror instances;

	private final Mirror records;

	Lookup(Mirror instances, Mirror records) {
		this.instances = instances;
		this.records = records;
	}

	/**
	 * Finds a registration.
	 * @param handle where to ask
	 * @param id the name of the instance's znode
	 * @return what stands of it, at once or on the handle's event thread; exceptionally
	 * with what else the ensemble answers
	 */
	CompletableFuture<Found> find(ZooKeeper handle, String id) {
		String path = this.instances.root() + "/" + id;
		Node instance = this.instances.snapshot().node(path).orElse(null);
		String recordPath = (instance != null) ? recordPath(instance) : null;
		Node record = (recordPath != null) ? this.records.snapshot().node(recordPath).orElse(null) : null;
		RegistrationRecord read = (record != null) ? RegistrationRecord.read(record.data()) : null;
		return (read != null) ? CompletableFuture.completedFuture(new Found(instance, recordPath, read))
				: ask(handle, path);
	}

	private static CompletableFuture<Found> ask(ZooKeeper handle, String path) {
		CompletableFuture<Void> synced = new CompletableFuture<>();
		handle.sync(path, (rc, at, context) -> {
			if (rc == Code.OK.intValue()) {
				synced.complete(null);
			}
			else {
				synced.completeExceptionally(KeeperException.create(Code.get(rc), path));
			}
		}, null);
		return synced.thenCompose((done) -> read(handle, path)).thenCompose((instance) -> {
			String recordPath = instance.map(Lookup::recordPath).orElse(null);
			return (recordPath == null)
					? CompletableFuture.completedFuture(new Found(instance.orElse(null), null, null))
					: read(handle, recordPath).thenApply((record) -> new Found(instance.orElse(null), recordPath,
							record.map(Node::data).map(RegistrationRecord::read).orElse(null)));
		});
	}

	/** Reads a node that may not be there. */
	static CompletableFuture<Optional<Node>> read(ZooKeeper handle, String path) {
		CompletableFuture<Optional<Node>> read = new CompletableFuture<>();
		handle.getData(path, false, (int rc, String at, Object context, byte[] data, Stat stat) -> {
			if (rc == Code.OK.intValue()) {
				read.complete(Optional.of(new Node(path, stat.getCzxid(), stat, data)));
			}
			else if (rc == Code.NONODE.intValue()) {
				read.complete(Optional.empty());
			}
			else {
				read.completeExceptionally(KeeperException.create(Code.get(rc), path));
			}
		}, null);
		return read;
	}

	/**
	 * Where the record of an instance stands.
	 * @param instance the znode of an instance
	 * @return the path; {@code null} if it was not registered over REST
	 */
	static @Nullable String recordPath(Node instance) {
		Stat stat = instance.stat();
		byte[] data = instance.data();
		if (stat == null || data == null || stat.getEphemeralOwner() != 0) {
			return null;
		}
		return InstanceNodes.registrationId(data)
			.filter(RegistrationIds::isOne)
			.map(RegistrationRecord::path)
			.orElse(null);
	}

}
