package io.roster.locks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.roster.coordination.Mirror;
import io.roster.coordination.Node;
import io.roster.coordination.ZnodeGrant;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.data.Stat;

/**
 * The writes to several queues at once, each one transaction. Confined to the replica's
 * {@link Serial}.
 */
final class JointWrites {

	/** A parent may be reaped between its creation and its use, but not for ever. */
	private static final int CREATE_TRIES = 5;

	private final Operations operations;

	private final Mirror mirror;

	JointWrites(Operations operations, Mirror mirror) {
		this.operations = operations;
		this.mirror = mirror;
	}

	/**
	 * Puts a lease at the end of several queues, all or none. Answered with the place in
	 * the first of them.
	 * @param prefixes how the place is named in each lock
	 */
	void create(Map<String, String> prefixes, byte[] data, Consumer<Answer> then) {
		create(prefixes, data, CREATE_TRIES, then);
	}

	private void create(Map<String, String> prefixes, byte[] data, int tries, Consumer<Answer> then) {
		List<Op> ops = new ArrayList<>();
		prefixes.forEach((lock, prefix) -> ops.add(Op.create(path(lock) + "/" + prefix, data,
				this.operations.acl(ZnodeGrant.READABLE), CreateMode.PERSISTENT_SEQUENTIAL)));
		List<String> locks = List.copyOf(prefixes.keySet());
		String first = path(prefixes.keySet().iterator().next());
		this.operations.transact(first, ops, (answer, results) -> {
			if (answer.done()) {
				identified(made(first, results), then);
			}
			else if (answer.noNode() && tries > 1) {
				createLocks(locks, answer, (made) -> create(prefixes, data, tries - 1, then), then);
			}
			else {
				then.accept(answer);
			}
		});
	}

	private String path(String lock) {
		return this.mirror.root() + "/" + lock;
	}

	/** The result may have the client's root before it. */
	private static String made(String lock, List<OpResult> results) {
		String path = (results.get(0) instanceof OpResult.CreateResult created) ? created.getPath() : lock;
		return lock + path.substring(path.lastIndexOf('/'));
	}

	/**
	 * The results of a transaction have no stat. The czxid is what the event said that
	 * came before; servers older than 3.9 do not say it, and are asked.
	 */
	private void identified(String made, Consumer<Answer> then) {
		Node node = this.mirror.snapshot().node(made).orElse(null);
		if (node == null || node.czxid() == Node.UNKNOWN) {
			this.operations.read(made, then);
			return;
		}
		Stat stat = new Stat();
		stat.setCzxid(node.czxid());
		then.accept(new Answer(Code.OK, made, stat, null));
	}

	private void createLocks(List<String> locks, Answer last, Consumer<Answer> made, Consumer<Answer> failed) {
		if (locks.isEmpty()) {
			made.accept(last);
			return;
		}
		this.operations.createLock(path(locks.get(0)), LockConfig.NONE, (answer) -> {
			if (Operations.isThere(answer)) {
				createLocks(locks.subList(1, locks.size()), answer, made, failed);
			}
			else {
				failed.accept(answer);
			}
		});
	}

	/**
	 * Deletes places, all or none.
	 * @param places the first is deleted by its version
	 */
	void delete(List<QueueNode> places, int version, Consumer<Answer> then) {
		if (places.size() == 1) {
			this.operations.delete(places.get(0).path(), version, then);
			return;
		}
		List<Op> ops = new ArrayList<>();
		places.forEach((place) -> ops.add(Op.delete(place.path(), ops.isEmpty() ? version : Operations.ANY)));
		this.operations.transact(places.get(0).path(), ops, then);
	}

	/**
	 * Deletes places, those that are there: together if all are.
	 * @param then told NONODE if none was
	 */
	void delete(List<QueueNode> places, Consumer<Answer> then) {
		delete(places, Operations.ANY, (answer) -> {
			if (answer.noNode() && places.size() > 1) {
				deleteEach(places, answer, then);
			}
			else {
				then.accept(answer);
			}
		});
	}

	private void deleteEach(List<QueueNode> places, Answer result, Consumer<Answer> then) {
		if (places.isEmpty()) {
			then.accept(result);
			return;
		}
		this.operations.delete(places.get(0).path(), Operations.ANY, (answer) -> {
			if (answer.done() || answer.noNode()) {
				deleteEach(places.subList(1, places.size()), answer.done() ? answer : result, then);
			}
			else {
				then.accept(answer);
			}
		});
	}

}
