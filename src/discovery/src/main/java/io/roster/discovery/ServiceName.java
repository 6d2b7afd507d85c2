package io.roster.discovery;

import org.apache.zookeeper.common.PathUtils;

/**
 * The rule for the name of a service: with a sequence number behind it, it must be the
 * name of a znode.
 */
public final class ServiceName {

	private static final int LONGEST = 200;

	private ServiceName() {
	}

	/**
	 * Checks a name. The rule is ZooKeeper's for the name of a znode
	 * ({@link PathUtils#validatePath(String)}): no slash, no control characters, neither
	 * {@code .} nor {@code ..}. Nor may it end with a minus sign, because the numbers
	 * behind it can become negative.
	 * @param name the name of a service
	 * @return the same name
	 * @throws InvalidServiceNameException with a sentence that says what is wrong with it
	 */
	public static String requireValid(String name) {
		try {
			requireNode("the name of a service", name);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidServiceNameException(String.valueOf(ex.getMessage()), ex);
		}
		if (name.endsWith("-")) {
			throw new InvalidServiceNameException("the name of a service must not end with a minus sign, "
					+ "which could belong to the number behind it: '" + name + "'");
		}
		return name;
	}

	/** The part of the rule that holds for any name of a znode. */
	static void requireNode(String what, String name) {
		if (name.isBlank()) {
			throw new IllegalArgumentException(what + " must not be blank");
		}
		if (name.length() > LONGEST) {
			throw new IllegalArgumentException(
					what + " must have at most " + LONGEST + " characters, and this one has " + name.length());
		}
		if (name.indexOf('/') >= 0) {
			throw new IllegalArgumentException(what + " must not contain a slash: '" + name + "'");
		}
		try {
			PathUtils.validatePath("/" + name);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(what + " must be valid as the name of a znode: " + ex.getMessage(), ex);
		}
	}

}
