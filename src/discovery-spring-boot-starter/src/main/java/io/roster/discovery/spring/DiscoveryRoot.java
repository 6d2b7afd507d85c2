package io.roster.discovery.spring;

import org.apache.zookeeper.common.PathUtils;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The znode below which instances stand, as it is given.
 */
final class DiscoveryRoot {

	private DiscoveryRoot() {
	}

	/**
	 * Checks a path as ZooKeeper's client would.
	 * @param path the value of {@code roster.discovery.root}
	 * @return the same
	 * @throws InvalidConfigurationPropertyValueException if it is not absolute, or no
	 * path
	 */
	static String requireValid(String path) {
		try {
			PathUtils.validatePath(path);
			return path;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("roster.discovery.root", path,
					"It must be the absolute path of a znode, such as /servers: " + ex.getMessage() + ".", ex);
		}
	}

}
