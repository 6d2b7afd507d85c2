package io.roster.registry.acl;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What this server closes to strangers. All of it is off where
 * {@code roster.zookeeper.username} is not set.
 *
 * @param ownEnsemble whether the ensemble is Roster's alone: then {@code /} and
 * {@code /zookeeper} are closed as well, so that nobody else creates anything there
 * @param sharedRoots further roots that applications use, such as {@code /root} for the
 * tutorial's locks: made where they are missing, and closed to strangers
 * @param aclInterval the pause between two looks at all ACLs. What is created open to the
 * world in between is closed as it appears, as far as this server follows it
 */
@ConfigurationProperties("roster.zookeeper")
record AclProperties(@DefaultValue("false") boolean ownEnsemble, @DefaultValue List<String> sharedRoots,
		@DefaultValue("10m") Duration aclInterval) {
}
