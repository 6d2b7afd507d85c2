package io.roster.discovery;

import java.util.List;
import java.util.function.Consumer;

import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;

/**
 * The asynchronous calls that a registrar makes, on the raw handle: Curator would repeat
 * a create whose answer was lost. Answers come on the handle's event thread.
 */
final class Calls {

	private static final byte[] NOTHING = {};

	private Calls() {
	}

	static void create(ZooKeeper handle, String path, byte[] data, List<ACL> acl, CreateMode mode,
			Consumer<Answer> then) {
		handle.create(path, data, acl, mode, (rc, at, context, name, stat) -> then.accept(Answer.of(rc, name, stat)),
				null);
	}

	/** What is missing above the path is made persistent. */
	static void createWithParents(ZooKeeper handle, String path, List<ACL> acl, CreateMode mode,
			Consumer<Answer> then) {
		create(handle, path, new byte[0], acl, mode, (answer) -> {
			int slash = path.lastIndexOf('/');
			if (answer.code() == Code.NONODE && slash > 0) {
				createWithParents(handle, path.substring(0, slash), acl, CreateMode.PERSISTENT,
						(parent) -> afterParent(handle, path, acl, mode, parent, then));
			}
			else {
				then.accept(answer);
			}
		});
	}

	private static void afterParent(ZooKeeper handle, String path, List<ACL> acl, CreateMode mode, Answer parent,
			Consumer<Answer> then) {
		if (parent.code() == Code.OK || parent.code() == Code.NODEEXISTS) {
			createWithParents(handle, path, acl, mode, then);
		}
		else {
			then.accept(parent);
		}
	}

	static void setData(ZooKeeper handle, OwnNode own, byte[] data, Consumer<Answer> then) {
		handle.setData(own.path(), data, own.version(),
				(rc, path, context, stat) -> then.accept(Answer.of(rc, null, stat)), null);
	}

	/**
	 * Deletes with a last word: a write in the same transaction tells the consumers that
	 * this instance meant to go, so that nobody doubts its loss. Nobody can read what it
	 * wrote, so it writes nothing, and it costs the consumers no time: a mirror publishes
	 * the deletion without reading what was written before it.
	 */
	static void delete(ZooKeeper handle, OwnNode own, Consumer<Answer> then) {
		List<Op> both = List.of(Op.setData(own.path(), NOTHING, own.version()),
				Op.delete(own.path(), own.version() + 1));
		handle.multi(both, (rc, path, context, results) -> then.accept(Answer.of(rc, null, null)), null);
	}

	static void stat(ZooKeeper handle, OwnNode own, Consumer<Answer> then) {
		handle.exists(own.path(), false, (rc, path, context, stat) -> then.accept(Answer.of(rc, null, stat)), null);
	}

}
