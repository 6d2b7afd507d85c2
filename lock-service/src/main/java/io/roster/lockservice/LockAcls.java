package io.roster.lockservice;

import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

import io.roster.coordination.AclKeeper;
import io.roster.coordination.AclPlan;
import io.roster.coordination.Coordination;
import io.roster.coordination.Subscription;
import io.roster.coordination.ZnodeGrant;
import io.roster.locks.LockQueues;
import jakarta.annotation.PreDestroy;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Closes what programs with ZooKeeper's defaults create open to the world below the root
 * of the locks: locks as they are made, and places whose names a stranger could guess. A
 * name with 128 random bits, as Curator and Go's client give it, is known to nobody who
 * may not list the lock, and costs no request here.
 */
@Component
@ConditionalOnProperty("roster.zookeeper.username")
class LockAcls {

	private static final Pattern RANDOM = Pattern.compile("[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

	private final Subscription subscription;

	LockAcls(Coordination coordination, LockQueues queues, LockServiceProperties properties) {
		AclPlan plan = AclPlan.of(coordination.access()).withTree(properties.root(), ZnodeGrant.SHARED, 1);
		AclKeeper keeper = new AclKeeper(coordination, plan);
		this.subscription = queues.onZnodes(keeper.listener(LockAcls::mayBeGuessed));
		CompletableFuture<AclKeeper.Summary> unused = keeper.converge();
	}

	private static boolean mayBeGuessed(String path) {
		return !RANDOM.matcher(path.substring(path.lastIndexOf('/') + 1)).find();
	}

	@PreDestroy
	void close() {
		this.subscription.close();
	}

}
