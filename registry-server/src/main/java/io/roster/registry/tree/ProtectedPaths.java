package io.roster.registry.tree;

import java.util.List;

import io.roster.registry.ZnodeRoots;
import io.roster.registry.problem.InvalidRequestException;
import org.apache.zookeeper.common.PathUtils;

import org.springframework.stereotype.Component;

/**
 * What nobody changes by accident: the znodes of Roster and of the applications that rely
 * on it are changed only by a request that says {@code force=true}; those of ZooKeeper
 * itself not at all.
 */
@Component
class ProtectedPaths {

	private static final String ZOOKEEPER = "/zookeeper";

	private final List<String> roots;

	ProtectedPaths(ZnodeRoots roots) {
		this.roots = List.of(ZnodeRoots.ROSTER, roots.instances(), roots.services(), roots.locks(), roots.config());
	}

	/**
	 * Checks a path that is only looked at.
	 * @param path a path as it was sent
	 * @return the same
	 */
	static String valid(String path) {
		try {
			PathUtils.validatePath(path);
			return path;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidRequestException("path", ex.getMessage() + ".");
		}
	}

	/**
	 * Checks a path at which something is to be made or written.
	 * @param path a valid path
	 * @param force whether the request says that it is meant
	 * @throws ProtectedZnodeException if it is not to be changed, or not so
	 */
	void requireMutable(String path, boolean force) {
		if (isIn(path, ZOOKEEPER)) {
			throw new ProtectedZnodeException(path, ZOOKEEPER, false);
		}
		this.roots.stream().filter((root) -> !force && isIn(path, root)).findFirst().ifPresent((root) -> {
			throw new ProtectedZnodeException(path, root, true);
		});
	}

	/**
	 * Checks a path that is to be deleted, with all below it.
	 * @param path a valid path
	 * @param force whether the request says that it is meant
	 * @throws ProtectedZnodeException if it is not to be deleted, or not so
	 */
	void requireDeletable(String path, boolean force) {
		requireMutable(path, force);
		if (isIn(ZOOKEEPER, path)) {
			throw new ProtectedZnodeException(path, ZOOKEEPER, false);
		}
		this.roots.stream().filter((root) -> !force && isIn(root, path)).findFirst().ifPresent((root) -> {
			throw new ProtectedZnodeException(path, root, true);
		});
	}

	private static boolean isIn(String inner, String outer) {
		return inner.equals(outer) || inner.startsWith(outer.equals("/") ? "/" : outer + "/");
	}

}
