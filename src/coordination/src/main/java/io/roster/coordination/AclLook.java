package io.roster.coordination;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ZKConfig;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * One look at the ACLs of znodes, and on request at all below them: some requests in
 * flight at a time, so that the ensemble serves others in between.
 */
final class AclLook {

	private static final int MOST_IN_FLIGHT = 32;

	private final ZooKeeper handle;

	private final AclPlan plan;

	private final AclLog log;

	private final boolean below;

	private final int buffer;

	private final CompletableFuture<AclKeeper.Summary> done = new CompletableFuture<>();

	private final Deque<String> waiting = new ArrayDeque<>();

	private int inFlight;

	private int seen;

	private int changed;

	private int refused;

	AclLook(ZooKeeper handle, AclPlan plan, AclLog log, boolean below) {
		this.handle = handle;
		this.plan = plan;
		this.log = log;
		this.below = below;
		this.buffer = handle.getClientConfig()
			.getInt(ZKConfig.JUTE_MAXBUFFER, ZKClientConfig.CLIENT_MAX_PACKET_LENGTH_DEFAULT);
	}

	CompletableFuture<AclKeeper.Summary> at(List<String> paths) {
		synchronized (this) {
			this.waiting.addAll(paths);
		}
		proceed();
		return this.done;
	}

	private void proceed() {
		boolean over;
		synchronized (this) {
			while (this.inFlight < MOST_IN_FLIGHT && !this.waiting.isEmpty() && !this.done.isDone()) {
				this.inFlight++;
				this.seen++;
				check(this.waiting.remove());
			}
			over = this.inFlight == 0 && this.waiting.isEmpty();
		}
		if (over) {
			this.done.complete(new AclKeeper.Summary(this.seen, this.changed, this.refused));
		}
	}

	private synchronized void answered() {
		this.inFlight--;
	}

	/** The end of a znode's turn. */
	private void next() {
		answered();
		proceed();
	}

	private void check(String path) {
		this.handle.getACL(path, new Stat(), (rc, at, context, acl, stat) -> {
			Code code = Code.get(rc);
			List<ACL> correction = (code == Code.OK) ? this.plan.correction(path, acl) : null;
			if (correction != null) {
				correct(path, acl, correction, stat);
			}
			else if (code == Code.NONODE && this.plan.isTree(path)) {
				make(path, path);
			}
			else {
				finish(path, code, stat);
			}
		}, null);
	}

	private void correct(String path, List<ACL> before, List<ACL> after, Stat stat) {
		this.handle.setACL(path, after, stat.getAversion(), (rc, at, context, now) -> {
			Code code = Code.get(rc);
			if (code == Code.BADVERSION) {
				// Another replica has been faster.
				check(path);
				return;
			}
			if (code == Code.OK) {
				this.log.changed(path, before, after);
				count(1, 0);
			}
			finish(path, code, stat);
		}, null);
	}

	/** Makes a root, and first what is missing above it. */
	private void make(String root, String path) {
		List<ACL> acl = this.plan.aclOf(path);
		this.handle.create(path, new byte[0], acl, CreateMode.PERSISTENT, (rc, at, context, name) -> {
			Code code = Code.get(rc);
			if (code == Code.NONODE && !Paths.parent(path).equals("/")) {
				make(root, Paths.parent(path));
			}
			else if (code == Code.OK || code == Code.NODEEXISTS) {
				if (code == Code.OK) {
					this.log.made(path, acl);
					count(1, 0);
				}
				check(root);
			}
			else {
				finish(root, code, null);
			}
		}, null);
	}

	private void finish(String path, Code code, @Nullable Stat stat) {
		switch (code) {
			case OK -> {
				if (this.below && stat != null && stat.getNumChildren() > 0 && this.plan.descends(path)) {
					list(path, stat);
					return;
				}
			}
			case NONODE -> {
			}
			case NOAUTH -> {
				this.log.refused(path);
				count(0, 1);
			}
			default -> this.done.completeExceptionally(KeeperException.create(code, path));
		}
		next();
	}

	/** An answer too large for the client's buffer would cost the connection. */
	private void list(String path, Stat stat) {
		if (ReadSizes.ofList(stat) > this.buffer) {
			this.log.tooMany(path, stat.getNumChildren());
			next();
			return;
		}
		this.handle.getChildren(path, false, (int rc, String at, Object context, List<String> names) -> {
			if (Code.get(rc) == Code.OK) {
				synchronized (this) {
					names.forEach((name) -> this.waiting.add(Paths.child(path, name)));
				}
				next();
			}
			else {
				finish(path, Code.get(rc), null);
			}
		}, null);
	}

	private synchronized void count(int changed, int refused) {
		this.changed += changed;
		this.refused += refused;
	}

}
