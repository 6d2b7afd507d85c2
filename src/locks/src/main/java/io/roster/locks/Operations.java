package io.roster.locks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.roster.coordination.Mirror;
import io.roster.coordination.ZnodeGrant;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * The requests to the ensemble. All are asynchronous, on the handle of the mirror, so
 * that their answers come on the thread that updates the mirror, in the order of the
 * transactions: when an answer comes, the queues stand exactly where the request found
 * them. Answers are taken in the replica's {@link Serial}. What is written to places goes
 * through the {@link Transactions}.
 */
final class Operations {

	private static final byte[] NO_DATA = {};

	/** Any version. */
	static final int ANY = -1;

	/** Somebody must correct credentials, or an ACL. */
	private static final Duration REFUSED_RETRY_AFTER = Duration.ofSeconds(5);

	/** A parent may be reaped between its creation and its use, but not for ever. */
	private static final int CREATE_TRIES = 5;

	private final String root;

	private final Mirror mirror;

	private final Map<ZnodeGrant, List<ACL>> acls = new EnumMap<>(ZnodeGrant.class);

	private final Serial serial;

	private final Transactions transactions;

	private final JointWrites joint;

	Operations(Mirror mirror, Serial serial, boolean writesTogether) {
		this.root = mirror.root();
		this.mirror = mirror;
		this.serial = serial;
		this.transactions = new Transactions(mirror, serial, writesTogether);
		this.joint = new JointWrites(this, mirror);
		for (ZnodeGrant grant : ZnodeGrant.values()) {
			this.acls.put(grant, mirror.access().acl(grant));
		}
	}

	/** For leases of several locks. */
	JointWrites joint() {
		return this.joint;
	}

	/** For those who put creates into transactions. */
	List<ACL> acl(ZnodeGrant grant) {
		return this.acls.getOrDefault(grant, List.of());
	}

	/** Whether what is asked now goes out. */
	boolean reach() {
		return this.mirror.handle() != null;
	}

	/** Why nothing can be asked, while that is so. */
	String whyUnavailable() {
		String refusal = this.mirror.refusal();
		return (refusal != null) ? refusal : "the ensemble cannot be reached";
	}

	/** What to answer a call that the ensemble refuses. Waiting may help it. */
	Exception failure(Answer answer) {
		return (answer.code() == Code.NOAUTH)
				? new LocksUnavailableException(this.mirror.access().refusalOf(answer.path()), REFUSED_RETRY_AFTER)
				: answer.failure();
	}

	/** The same with a sentence of the caller's for what else there may be. */
	Exception failure(Answer answer, String sentence) {
		return (answer.code() == Code.NOAUTH) ? failure(answer) : new IllegalStateException(sentence, answer.failure());
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
		this.transactions.send(new Write.Create(lock, lock + "/" + prefix, data, acl(ZnodeGrant.READABLE), (answer) -> {
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
		}));
	}

	/**
	 * Makes a lock's own znode, with all above it: a container, or persistent where it
	 * declares something.
	 */
	void createLock(String path, LockConfig config, Consumer<Answer> then) {
		createParents(path, ZnodeGrant.SHARED, (parent) -> {
			if (mayBeThere(parent)) {
				create(path, config.bytes(), ZnodeGrant.SHARED, mode(config),
						(answer) -> then.accept(rootCause(parent, answer)));
			}
			else {
				then.accept(parent);
			}
		});
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
				Op.create(path, config.bytes(), acl(ZnodeGrant.SHARED), mode(config)));
		transact(path, ops, then);
	}

	void transact(String path, List<Op> ops, Consumer<Answer> then) {
		transact(path, ops, (answer, results) -> then.accept(answer));
	}

	/** All or none. The results are empty where it was not done. */
	void transact(String path, List<Op> ops, BiConsumer<Answer, List<OpResult>> then) {
		ask(path, (answer) -> then.accept(answer, List.of()),
				(zk) -> zk.multi(ops, (rc, p, context, results) -> answer(rc, path, null, null,
						(answer) -> then.accept(answer, (results != null) ? results : List.of())), null));
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
	void createParents(String path, ZnodeGrant grant, Consumer<Answer> then) {
		List<String> paths = ancestors(path);
		createParents(paths.subList(0, paths.size() - 1), grant, new Answer(Code.OK, path, null, null), then);
	}

	/**
	 * The ensemble asks for the right to create before it looks: what it refuses to make
	 * may be there, if it is not made by this user.
	 */
	private void createParents(List<String> paths, ZnodeGrant grant, Answer last, Consumer<Answer> then) {
		if (paths.isEmpty()) {
			then.accept(last);
			return;
		}
		create(paths.get(0), NO_DATA, grant, CreateMode.PERSISTENT, (answer) -> {
			if (mayBeThere(answer)) {
				createParents(paths.subList(1, paths.size()), grant, answer, then);
			}
			else {
				then.accept(rootCause(last, answer));
			}
		});
	}

	/** Nothing can be made below what could not be made. */
	private static Answer rootCause(Answer parent, Answer answer) {
		return (answer.noNode() && parent.code() == Code.NOAUTH) ? parent : answer;
	}

	private static boolean mayBeThere(Answer answer) {
		return isThere(answer) || answer.code() == Code.NOAUTH;
	}

	static boolean isThere(Answer answer) {
		return answer.done() || answer.code() == Code.NODEEXISTS;
	}

	private void create(String path, byte[] data, ZnodeGrant grant, CreateMode mode, Consumer<Answer> then) {
		ask(path, then, (zk) -> zk.create(path, data, acl(grant), mode,
				(rc, p, context, name, stat) -> answer(rc, (name != null) ? name : path, stat, null, then), null));
	}

	void write(String path, byte[] data, int version, Consumer<Answer> then) {
		this.transactions.send(new Write.Update(path, data, version, then));
	}

	void delete(String path, int version, Consumer<Answer> then) {
		this.transactions.send(new Write.Delete(path, version, then));
	}

	void read(String path, Consumer<Answer> then) {
		ask(path, then, (zk) -> zk.getData(path, false,
				(rc, p, context, data, stat) -> answer(rc, path, stat, data, then), null));
	}

	/**
	 * Reads nodes in one request. Each has its own answer, in their order; where there is
	 * none for each of them, which their number or size may cause, none says that a node
	 * is not there.
	 */
	void readAll(List<String> paths, Consumer<List<Answer>> then) {
		Consumer<Answer> failed = (answer) -> then.accept(Collections.nCopies(paths.size(), answer));
		ask(this.root, failed, (zk) -> zk.multi(paths.stream().map(Op::getData).toList(), (rc, p, context, results) -> {
			// The client's result is the first of those that the reads have.
			if (results == null || results.size() != paths.size()) {
				Code code = Code.get(rc);
				answer((code == Code.NONODE) ? Code.SYSTEMERROR.intValue() : rc, this.root, null, null, failed);
				return;
			}
			this.serial.run(() -> then.accept(
					IntStream.range(0, paths.size()).mapToObj((i) -> answer(paths.get(i), results.get(i))).toList()));
		}, null));
	}

	private static Answer answer(String path, OpResult result) {
		if (result instanceof OpResult.GetDataResult read) {
			return new Answer(Code.OK, path, read.getStat(), read.getData());
		}
		int rc = (result instanceof OpResult.ErrorResult error) ? error.getErr() : Code.SYSTEMERROR.intValue();
		return new Answer(Code.get(rc), path, null, null);
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
		ZooKeeper handle = this.mirror.handle();
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
