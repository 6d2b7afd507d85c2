package io.roster.registry.acl;

import io.roster.coordination.AclKeeper;
import io.roster.coordination.AclPlan;
import io.roster.coordination.Coordination;
import io.roster.coordination.ZnodeGrant;
import io.roster.registry.ZnodeRoots;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What stands where, and who may use it: the roots, the services of Curator's layout and
 * the locks have exactly the planned ACL, so that a user that was replaced is gone from
 * them; instances and places belong to whoever created them.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("roster.zookeeper.username")
class AclConfiguration {

	private static final int CHILDREN = 1;

	@Bean
	AclKeeper aclKeeper(Coordination coordination, AclProperties properties, ZnodeRoots roots) {
		AclPlan plan = AclPlan.of(coordination.access())
			.withTree(ZnodeRoots.ROSTER, ZnodeGrant.PRIVATE, AclPlan.ALL)
			.withTree(roots.config(), ZnodeGrant.READABLE, AclPlan.ALL)
			.withTree(roots.instances(), ZnodeGrant.SHARED, 0)
			.withTree(roots.services(), ZnodeGrant.SHARED, CHILDREN)
			.withTree(roots.locks(), ZnodeGrant.SHARED, CHILDREN);
		for (String root : properties.sharedRoots()) {
			plan = plan.withTree(ZnodeRoots.absolute(root), ZnodeGrant.SHARED, 0);
		}
		if (properties.ownEnsemble()) {
			plan = plan.withNode("/", ZnodeGrant.READABLE)
				.withNode("/zookeeper", ZnodeGrant.READABLE)
				.withNode("/zookeeper/quota", ZnodeGrant.READABLE);
		}
		return new AclKeeper(coordination, plan);
	}

}
