package io.roster.locks;

/**
 * How a declaration ended.
 */
public sealed interface DeclareResult {

	/**
	 * The lock is of this kind now, also when nobody uses it, or was before.
	 *
	 * @param kind what the lock is
	 * @param permits how many may hold it at once
	 */
	record Declared(LockKind kind, int permits) implements DeclareResult {
	}

	/**
	 * Somebody holds the lock or waits for it, and so it stays what it is.
	 *
	 * @param kind what the lock is
	 * @param permits how many may hold it at once
	 */
	record InUse(LockKind kind, int permits) implements DeclareResult {
	}

}
