package io.roster.lockservice;

import io.roster.coordination.Coordination;
import io.roster.coordination.CoordinationOptions;
import io.roster.coordination.ZnodeAccess;
import io.roster.locks.LockQueues;
import org.apache.curator.framework.CuratorFramework;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The queues, over the one connection that the process has.
 */
@Configuration(proxyBeanMethods = false)
class LockServiceConfiguration {

	@Bean
	Coordination coordination(CuratorFramework client, ZnodeAccess access) {
		return Coordination.over(client, CoordinationOptions.defaults().withAccess(access));
	}

	@Bean
	LockQueues lockQueues(Coordination coordination, LockServiceProperties properties) {
		return LockQueues.over(coordination, properties.toOptions());
	}

}
