package io.roster.lockservice;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.curator.framework.CuratorFramework;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What the person who starts the lock service should know, said once.
 */
@Slf4j
@Component
@RequiredArgsConstructor
class StartNotices {

	private final CuratorFramework client;

	@EventListener(ApplicationReadyEvent.class)
	void onReady() {
		if (!this.client.getZookeeperClient().isConnected()) {
			log.warn(
					"No ensemble answers at {} (spring.cloud.zookeeper.connect-string). Going on trying; until one "
							+ "does, every call is answered 503.",
					this.client.getZookeeperClient().getCurrentConnectionString());
		}
	}

}
