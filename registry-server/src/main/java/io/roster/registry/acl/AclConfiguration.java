package io.roster.registry.acl;

import io.roster.coordination.AclKeeper;
import io.roster.coordination.AclPlan;
import io.roster.coordination.Coordination;
import io.roster.coordination.ZnodeGrant;
import io.roster.discovery.spring.RosterDiscoveryProperties;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.zookeeper.discovery.ZookeeperDiscoveryProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

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
	AclKeeper aclKeeper(Coordination coordination, AclProperties properties, RosterDiscoveryProperties discovery,
			ZookeeperDiscoveryProperties curator, Environment environment) {
		AclPlan plan = AclPlan.of(coordination.access())
			.withTree("/roster", ZnodeGrant.PRIVATE, AclPlan.ALL)
			.withTree(absolute(environment.getProperty("spring.cloud.zookeeper.config.root", "config")),
					ZnodeGrant.READABLE, AclPlan.ALL)
			.withTree(discovery.root(), ZnodeGrant.SHARED, 0)
			.withTree(absolute(curator.getRoot()), ZnodeGrant.SHARED, CHILDREN)
			.withTree(absolute(environment.getProperty("roster.locks.root", "/locks")), ZnodeGrant.SHARED, CHILDREN);
		for (String root : properties.sharedRoots()) {
			plan = plan.withTree(absolute(root), ZnodeGrant.SHARED, 0);
		}
		if (properties.ownEnsemble()) {
			plan = plan.withNode("/", ZnodeGrant.READABLE)
				.withNode("/zookeeper", ZnodeGrant.READABLE)
				.withNode("/zookeeper/quota", ZnodeGrant.READABLE);
		}
		return new AclKeeper(coordination, plan);
	}

	/** Spring Cloud's roots may lack their first slash, or have one at their end. */
	private static String absolute(String root) {
		String path = root.startsWith("/") ? root : "/" + root;
		return (path.length() > 1 && path.endsWith("/")) ? path.substring(0, path.length() - 1) : path;
	}

}
