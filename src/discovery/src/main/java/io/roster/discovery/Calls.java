package io.roster.discovery;

import java.util.function.Consumer;

import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/**
 * The asynchronous calls that a registrar makes, on the raw handle: Curator would repeat
 * a create whose answer was lost. Answers come on the handle's event thread.
 */
final class Calls {

	private Calls() {
	}

	static void createInstance(ZooKeeper handle, String prefix, byte[] data, Consumer<Answer> then) {
		handle.create(prefix, data, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL_SEQUENTIAL,
				(rc, path, context, name, stat) -> then.accept(Answer.of(rc, name, stat)), null);
	}

	/** Persistent, never a container: a reaped root would count from zero again. */
	static void createRoot(ZooKeeper handle, String path, Consumer<Answer> then) {
		handle.create(path, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT,
				(rc, at, context, name, stat) -> {
					int slash = path.lastIndexOf('/');
					if (rc == Code.NONODE.intValue() && slash > 0) {
						createRoot(handle, path.substring(0, slash),
								(parent) -> afterParent(handle, path, parent, then));
					}
					else {
						then.accept(Answer.of(rc, name, stat));
					}
				}, null);
	}

	private static void afterParent(ZooKeeper handle, String path, Answer parent, Consumer<Answer> then) {
		if (parent.code() == Code.OK || parent.code() == Code.NODEEXISTS) {
			createRoot(handle, path, then);
		}
		else {
			then.accept(parent);
		}
	}

	static void setData(ZooKeeper handle, OwnNode own, byte[] data, Consumer<Answer> then) {
		handle.setData(own.path(), data, own.version(),
				(rc, path, context, stat) -> then.accept(Answer.of(rc, null, stat)), null);
	}

	static void delete(ZooKeeper handle, OwnNode own, Consumer<Answer> then) {
		handle.delete(own.path(), own.version(), (rc, path, context) -> then.accept(Answer.of(rc, null, null)), null);
	}

	static void stat(ZooKeeper handle, OwnNode own, Consumer<Answer> then) {
		handle.exists(own.path(), false, (rc, path, context, stat) -> then.accept(Answer.of(rc, null, stat)), null);
	}

}
