package io.roster.registry.tree;

/**
 * Somebody wants to change what is not his, and has not said that he means it.
 */
final class ProtectedZnodeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Refuses a change.
	 * @param path what was to be changed
	 * @param root why not
	 * @param forcible whether {@code force=true} helps
	 */
	ProtectedZnodeException(String path, String root, boolean forcible) {
		super(forcible ? "'%s' touches %s, on which running applications rely. Add force=true if that is meant."
			.formatted(path, root) : "'%s' touches %s, which is ZooKeeper's own.".formatted(path, root));
	}

}
