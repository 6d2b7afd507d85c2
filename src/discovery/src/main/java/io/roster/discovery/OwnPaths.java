package io.roster.discovery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The paths of the nodes that this process cares for, so that the events of all others
 * cost nothing. One that was added twice is removed twice.
 */
final class OwnPaths {

	private final Map<String, Integer> paths = new ConcurrentHashMap<>();

	void add(String path) {
		this.paths.merge(path, 1, Integer::sum);
	}

	void remove(String path) {
		this.paths.computeIfPresent(path, (any, count) -> (count > 1) ? count - 1 : null);
	}

	boolean contains(String path) {
		return this.paths.containsKey(path);
	}

}
