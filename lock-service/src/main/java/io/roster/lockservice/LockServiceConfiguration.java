package io.roster.lockservice;

import io.roster.coordination.Coordination;
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
	Coordination coordination(CuratorFramework client) {
		return Coordination.over(client);
	}

	@Bean
	LockQueues lockQueues(Coordination coordination, LockServiceProperties properties) {
		return LockQueues.over(coordination, properties.toOptions());
	}

}
