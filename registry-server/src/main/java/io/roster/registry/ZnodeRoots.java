package io.roster.registry;

import io.roster.discovery.spring.RosterDiscoveryProperties;

import org.springframework.cloud.zookeeper.discovery.ZookeeperDiscoveryProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The znodes below which everything lives that Roster knows, as they are configured.
 */
@Component
public class ZnodeRoots {

	/** Roster's own records. */
	public static final String ROSTER = "/roster";

	private final String instances;

	private final String services;

	private final String locks;

	private final String config;

	ZnodeRoots(RosterDiscoveryProperties discovery, ZookeeperDiscoveryProperties curator, Environment environment) {
		this.instances = discovery.root();
		this.services = absolute(curator.getRoot());
		this.locks = absolute(environment.getProperty("roster.locks.root", "/locks"));
		this.config = absolute(environment.getProperty("spring.cloud.zookeeper.config.root", "config"));
	}

	/**
	 * Spring Cloud's roots may lack their first slash, or have one at their end.
	 * @param root a root as it is configured
	 * @return an absolute path
	 */
	public static String absolute(String root) {
		String path = root.startsWith("/") ? root : "/" + root;
		return (path.length() > 1 && path.endsWith("/")) ? path.substring(0, path.length() - 1) : path;
	}

	/**
	 * The instances of the sequential layout.
	 * @return an absolute path
	 */
	public String instances() {
		return this.instances;
	}

	/**
	 * The services of Curator's layout.
	 * @return an absolute path
	 */
	public String services() {
		return this.services;
	}

	/**
	 * The queues of the locks.
	 * @return an absolute path
	 */
	public String locks() {
		return this.locks;
	}

	/**
	 * The configuration of applications.
	 * @return an absolute path
	 */
	public String config() {
		return this.config;
	}

}
