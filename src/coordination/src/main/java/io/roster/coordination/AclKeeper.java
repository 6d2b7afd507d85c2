package io.roster.coordination;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the ACLs of an ensemble to what an {@link AclPlan} says, and keeps them so:
 * ZooKeeper's ACLs are not inherited, and a program that does not say otherwise creates
 * znodes that are open to the world.
 * <p>
 * Asking again changes nothing, and two processes with the same plan do not disturb each
 * other: an ACL is written with the version that was read. No method blocks.
 */
public final class AclKeeper {

	private static final Logger log = LoggerFactory.getLogger(AclKeeper.class);

	private final Coordination coordination;

	private final AclPlan plan;

	private final AclLog changes = new AclLog(log);

	/** A look at everything that a lost connection has cut short. */
	private volatile boolean owed = true;

	/**
	 * Does nothing yet.
	 * @param coordination the connection; it must be allowed to administer what is
	 * planned
	 * @param plan what is to be
	 */
	public AclKeeper(Coordination coordination, AclPlan plan) {
		this.coordination = coordination;
		this.plan = plan;
	}

	/**
	 * Makes the planned roots where they are missing, and looks at every planned znode.
	 * What is changed is logged, and what may not be changed, once. A look that loses its
	 * connection is repeated when a followed mirror has been read again.
	 * @return how many znodes were looked at, changed and refused; exceptionally where
	 * there is no connection. Completes on the handle's event thread, which must not be
	 * blocked
	 */
	public CompletableFuture<Summary> converge() {
		this.owed = true;
		return look(this.plan.roots(), true).thenApply((summary) -> {
			this.owed = false;
			return summary;
		});
	}

	private CompletableFuture<Summary> look(List<String> paths, boolean below) {
		ZooKeeper handle = this.coordination.currentHandle();
		if (handle == null) {
			return CompletableFuture.failedFuture(KeeperException.create(Code.CONNECTIONLOSS));
		}
		AclLook look = new AclLook(handle, this.plan, this.changes, below);
		return look.at(paths).whenComplete((summary, failure) -> {
			if (failure != null) {
				this.owed = true;
				log.debug("The ACLs of {} could not be looked at", paths, failure);
			}
			else if (below && summary.changed() > 0) {
				log.info("ACLs: {} of {} znodes were changed", summary.changed(), summary.seen());
			}
		});
	}

	/**
	 * Looks at znodes as they are created.
	 * @param mirror shows them
	 * @param which whose ACLs are asked for, one request each
	 * @return ends that when it is closed
	 */
	public Subscription follow(Mirror mirror, Predicate<String> which) {
		return mirror.subscribe(listener(which));
	}

	/**
	 * The same for those who have no mirror in their hands.
	 * @param which whose ACLs are asked for, one request each
	 * @return to be subscribed to a mirror
	 */
	public MirrorListener listener(Predicate<String> which) {
		return (event) -> onEvent(event, which);
	}

	private void onEvent(MirrorEvent event, Predicate<String> which) {
		if (event instanceof MirrorEvent.Changed changed) {
			lookAtCreated(Stream.of(changed.change()), which);
		}
		else if (event instanceof MirrorEvent.Synced synced) {
			if (this.owed || synced.rebuilt()) {
				CompletableFuture<Summary> unused = converge();
			}
			else {
				lookAtCreated(synced.changes().stream(), which);
			}
		}
	}

	private void lookAtCreated(Stream<NodeChange> changes, Predicate<String> which) {
		List<String> created = changes.filter(NodeChange.Created.class::isInstance)
			.map((change) -> ((NodeChange.Created) change).node().path())
			.filter(which)
			.toList();
		if (!created.isEmpty()) {
			CompletableFuture<Summary> unused = look(created, false);
		}
	}

	/**
	 * What came of a look.
	 *
	 * @param seen how many znodes were looked at
	 * @param changed how many of them got another ACL, or were made
	 * @param refused how many of them this process may not look at, or not change
	 */
	public record Summary(int seen, int changed, int refused) {
	}

}
