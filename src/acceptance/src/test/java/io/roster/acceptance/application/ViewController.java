package io.roster.acceptance.application;

import java.util.List;

import org.apache.curator.framework.CuratorFramework;

import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the application knows, by Spring Cloud's own interfaces. */
@RestController
class ViewController {

	private final DiscoveryClient discovery;

	private final CuratorFramework client;

	ViewController(DiscoveryClient discovery, CuratorFramework client) {
		this.discovery = discovery;
		this.client = client;
	}

	/** The instances as {@code host:port}. */
	@GetMapping("/instances")
	List<String> instances(@RequestParam(defaultValue = TestApplication.SERVICE) String service) {
		return this.discovery.getInstances(service)
			.stream()
			.map((instance) -> instance.getHost() + ":" + instance.getPort())
			.sorted()
			.toList();
	}

	@GetMapping("/session")
	String session() throws Exception {
		return Long.toString(this.client.getZookeeperClient().getZooKeeper().getSessionId());
	}

}
