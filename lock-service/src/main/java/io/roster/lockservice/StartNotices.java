package io.roster.lockservice;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.curator.framework.CuratorFramework;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
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

	private final ServerProperties server;

	@EventListener(ApplicationReadyEvent.class)
	void onReady() {
		if (this.server.getAddress() != null && this.server.getAddress().isLoopbackAddress()) {
			log.info(
					"Reachable from this machine only ({}), because this API asks for no credentials. "
							+ "server.address opens it to a network, where a proxy or a network policy must guard it.",
					this.server.getAddress().getHostAddress());
		}
		else {
			log.warn("Reachable from the network without credentials: everybody who reaches this port may take and "
					+ "release every lock. Guard it with a proxy or a network policy.");
		}
		if (!this.client.getZookeeperClient().isConnected()) {
			log.warn(
					"No ensemble answers at {} (spring.cloud.zookeeper.connect-string). Going on trying; until one "
							+ "does, every call is answered 503.",
					this.client.getZookeeperClient().getCurrentConnectionString());
		}
	}

}
