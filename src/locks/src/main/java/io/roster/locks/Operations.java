package io.roster.locks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
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
	void createPlace(String lock, String prefix, byte[] data, Consumer<Stat> lockMade, Consumer<Answer> then) {
		createPlace(this.root + "/" + lock, prefix, data, CREATE_TRIES, lockMade, then);
	}

	private void createPlace(String lock, String prefix, byte[] data, int tries, Consumer<Stat> lockMade,
			Consumer<Answer> then) {
		create(lock + "/" + prefix, data, CreateMode.PERSISTENT_SEQUENTIAL, (answer) -> {
			if (!answer.noNode() || tries <= 1) {
				then.accept(answer);
				return;
			}
			createLock(lock, LockConfig.NONE, (made) -> {
				Stat stat = made.stat();
				if (stat != null) {
					lockMade.accept(stat);
				}
				if (isThere(made)) {
					createPlace(lock, prefix, data, tries - 1, lockMade, then);
				}
				else {
					then.accept(made);
				}
			});
		});
	}

	/**
	 * Makes a lock's own znode, with all above it: a container, or persistent where it
	 * declares something.
	 */
	void createLock(String path, LockConfig config, Consumer<Answer> then) {
		createAll(ancestors(path), config, then);
	}

	private static CreateMode mode(LockConfig config) {
		return config.declared() ? CreateMode.PERSISTENT : CreateMode.CONTAINER;
	}

	/**
	 * Makes a lock's own znode again, in one transaction, if it is empty: its kind may be
	 * another then, and its counter starts over.
	 */
	void recreateLock(String path, int version, LockConfig config, Consumer<Answer> then) {
		List<Op> ops = List.of(Op.delete(path, version),
				Op.create(path, config.bytes(), Ids.OPEN_ACL_UNSAFE, mode(config)));
		transact(path, ops, then);
	}

	void transact(String path, List<Op> ops, Consumer<Answer> then) {
		ask(path, then, (zk) -> zk.multi(ops, (rc, p, context, results) -> answer(rc, path, null, null, then), null));
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

	/** Makes all above a path that is not there. */
	void createParents(String path, Consumer<Answer> then) {
		List<String> paths = ancestors(path);
		createParents(paths.subList(0, paths.size() - 1), new Answer(Code.OK, path, null, null), then);
	}

	private void createParents(List<String> paths, Answer last, Consumer<Answer> then) {
		if (paths.isEmpty() || !isThere(last)) {
			then.accept(last);
			return;
		}
		create(paths.get(0), NO_DATA, CreateMode.PERSISTENT,
				(answer) -> createParents(paths.subList(1, paths.size()), answer, then));
	}

	private void createAll(List<String> paths, LockConfig last, Consumer<Answer> then) {
		if (paths.size() == 1) {
			create(paths.get(0), last.bytes(), mode(last), then);
			return;
		}
		create(paths.get(0), NO_DATA, CreateMode.PERSISTENT, (answer) -> {
			if (isThere(answer)) {
				createAll(paths.subList(1, paths.size()), last, then);
			}
			else {
				then.accept(answer);
			}
		});
	}

	private static boolean isThere(Answer answer) {
		return answer.done() || answer.code() == Code.NODEEXISTS;
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

	/** Lists the names below a path; none where the answer is not OK. */
	void list(String path, BiConsumer<Answer, List<String>> then) {
		ask(path, (answer) -> then.accept(answer, List.of()),
				(zk) -> zk
					.getChildren(
							path, false, (int rc, String p, Object context, List<String> names) -> answer(rc, path,
									null, null, (answer) -> then.accept(answer, (names != null) ? names : List.of())),
							null));
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
