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
		return requireValid("roster.discovery.root", path);
	}

	/**
	 * The same for Curator's layout, whose own classes take a path without its first
	 * slash or with one at its end too.
	 * @param path the value of {@code spring.cloud.zookeeper.discovery.root}
	 * @return the path of a znode
	 */
	static String ofCurator(String path) {
		String absolute = path.startsWith("/") ? path : "/" + path;
		boolean slashAtEnd = absolute.length() > 1 && absolute.endsWith("/");
		return requireValid("spring.cloud.zookeeper.discovery.root",
				slashAtEnd ? absolute.substring(0, absolute.length() - 1) : absolute);
	}

	private static String requireValid(String property, String path) {
		try {
			PathUtils.validatePath(path);
			return path;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(property, path,
					"It must be the absolute path of a znode, such as /servers: " + ex.getMessage() + ".", ex);
		}
	}

}
