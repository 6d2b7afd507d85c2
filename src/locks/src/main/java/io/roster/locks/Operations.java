package io.roster.locks;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * The requests to the ensemble. All are asynchronous, on the handle of the mirror, so
 * that their answers come on the thread that updates the mirror, in the order of the
 * transactions: when an answer comes, the queues stand exactly where the request found
 * them. Answers are taken in the replica's {@link Serial}.
 */
final class Operations {

	private static final byte[] NO_DATA = {};

	/** Any version. */
	static final int ANY = -1;

	/** A parent may be reaped between its creation and its use, but not for ever. */
	private static final int CREATE_TRIES = 5;

	private final String root;

	private final Supplier<@Nullable ZooKeeper> handles;

	private final Serial serial;

	Operations(String root, Supplier<@Nullable ZooKeeper> handles, Serial serial) {
		this.root = root;
		this.handles = handles;
		this.serial = serial;
	}

	/**
	 * Puts a lease at the end of a queue: one create. Where the lock has no znode yet, it
	 * is made, as a container that the ensemble reaps when it is idle.
	 */
	void create(String lock, UUID lease, byte[] data, Consumer<Answer> then) {
		create(this.root + "/" + lock, PlaceName.prefix(lease), data, CREATE_TRIES, then);
	}

	private void create(String parent, String prefix, byte[] data, int tries, Consumer<Answer> then) {
		create(parent + "/" + prefix, data, CreateMode.PERSISTENT_SEQUENTIAL, (answer) -> {
			if (!answer.noNode() || tries <= 1) {
				then.accept(answer);
				return;
			}
			createAll(ancestors(parent), (made) -> {
				if (made.done()) {
					create(parent, prefix, data, tries - 1, then);
				}
				else {
					then.accept(made);
				}
			});
		});
	}

	/** The lock's znode last. */
	private List<String> ancestors(String lock) {
		List<String> paths = new ArrayList<>();
		for (int slash = lock.indexOf('/', 1); slash > 0; slash = lock.indexOf('/', slash + 1)) {
			paths.add(lock.substring(0, slash));
		}
		paths.add(lock);
		return paths;
	}

	private void createAll(List<String> paths, Consumer<Answer> then) {
		CreateMode mode = (paths.size() == 1) ? CreateMode.CONTAINER : CreateMode.PERSISTENT;
		create(paths.get(0), NO_DATA, mode, (answer) -> {
			boolean there = answer.done() || answer.code() == Code.NODEEXISTS;
			if (!there) {
				then.accept(answer);
			}
			else if (paths.size() == 1) {
				then.accept(new Answer(Code.OK, answer.path(), null, null));
			}
			else {
				createAll(paths.subList(1, paths.size()), then);
			}
		});
	}

	private void create(String path, byte[] data, CreateMode mode, Consumer<Answer> then) {
		ask(path, then, (zk) -> zk.create(path, data, Ids.OPEN_ACL_UNSAFE, mode,
				(rc, p, context, name, stat) -> answer(rc, (name != null) ? name : path, stat, null, then), null));
	}

	void write(String path, byte[] data, int version, Consumer<Answer> then) {
		ask(path, then, (zk) -> zk.setData(path, data, version,
				(rc, p, context, stat) -> answer(rc, path, stat, null, then), null));
	}

	void delete(String path, int version, Consumer<Answer> then) {
		ask(path, then, (zk) -> zk.delete(path, version, (rc, p, context) -> answer(rc, path, null, null, then), null));
	}

	void read(String path, Consumer<Answer> then) {
		ask(path, then, (zk) -> zk.getData(path, false,
				(rc, p, context, data, stat) -> answer(rc, path, stat, data, then), null));
	}

	/**
	 * Waits until this member of the ensemble has caught up: with its answer the queues
	 * show all that was there when it was asked.
	 */
	void sync(Consumer<Answer> then) {
		ask(this.root, then,
				(zk) -> zk.sync(this.root, (rc, p, context) -> answer(rc, this.root, null, null, then), null));
	}

	private void ask(String path, Consumer<Answer> then, Consumer<ZooKeeper> request) {
		ZooKeeper handle = this.handles.get();
		if (handle != null) {
			request.accept(handle);
		}
		else {
			answer(Code.CONNECTIONLOSS.intValue(), path, null, null, then);
		}
	}

	private void answer(int rc, String path, @Nullable Stat stat, byte @Nullable [] data, Consumer<Answer> then) {
		this.serial.run(() -> then.accept(new Answer(Code.get(rc), path, stat, data)));
	}

}
