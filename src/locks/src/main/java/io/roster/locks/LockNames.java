package io.roster.locks;

import java.util.UUID;
import java.util.regex.Pattern;

import org.apache.zookeeper.common.PathUtils;

/**
 * Which names a lock and a lease may have.
 */
public final class LockNames {

	private static final int MAX_LENGTH = 200;

	private static final Pattern UUID_TEXT = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

	private LockNames() {
	}

	/**
	 * Checks the name of a lock: one path segment that ZooKeeper takes, of at most 200
	 * characters.
	 * @param lock the name
	 * @return the name
	 * @throws InvalidLockRequestException if it is none
	 */
	public static String checkLock(String lock) {
		if (lock.isEmpty() || lock.length() > MAX_LENGTH) {
			throw new InvalidLockRequestException("lock",
					"the name of a lock has 1 to " + MAX_LENGTH + " characters, this one has " + lock.length());
		}
		if (lock.indexOf('/') >= 0 || lock.equals("zookeeper")) {
			throw new InvalidLockRequestException("lock",
					"the name of a lock is one path segment without '/' and not 'zookeeper', this one is '" + lock
							+ "'");
		}
		try {
			PathUtils.validatePath("/" + lock);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidLockRequestException("lock",
					"ZooKeeper does not take this name of a lock: " + ex.getMessage());
		}
		return lock;
	}

	/**
	 * Reads the id of a lease.
	 * @param lease a UUID of 36 characters
	 * @return the id
	 * @throws InvalidLockRequestException if it is none
	 */
	public static UUID parseLease(String lease) {
		if (!UUID_TEXT.matcher(lease).matches()) {
			throw new InvalidLockRequestException("lease",
					"the id of a lease is a UUID such as " + new UUID(0x0123456789ab4cdeL, 0x8f0123456789abcdL)
							+ ", made by the client for one acquisition; this one is '" + lease + "'");
		}
		return UUID.fromString(lease);
	}

}
