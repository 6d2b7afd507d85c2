package io.roster.registry.acl;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.roster.coordination.AclKeeper;
import io.roster.coordination.Mirror;
import io.roster.coordination.Subscription;
import jakarta.annotation.PreDestroy;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks at all ACLs at the start, when the ensemble was rebuilt, and every few minutes,
 * and at those of instances as they register.
 */
@Component
@ConditionalOnProperty("roster.zookeeper.username")
class AclRounds {

	private final AclKeeper keeper;

	private final List<Subscription> subscriptions;

	AclRounds(AclKeeper keeper, @Qualifier("rosterDiscoveryMirror") Mirror servers,
			@Qualifier("rosterCuratorMirror") ObjectProvider<Mirror> services) {
		this.keeper = keeper;
		this.subscriptions = Stream.concat(Stream.of(servers), services.stream())
			.map((mirror) -> keeper.follow(mirror, (path) -> true))
			.toList();
	}

	@Scheduled(fixedDelayString = "${roster.zookeeper.acl-interval:10m}", initialDelay = 0)
	void look() {
		CompletableFuture<AclKeeper.Summary> unused = this.keeper.converge();
	}

	@PreDestroy
	void close() {
		this.subscriptions.forEach(Subscription::close);
	}

}
