package io.roster.locks;

/**
 * What a lock is. A queue has one kind: Curator's mutex, read and write locks do not see
 * each other's places.
 */
public enum LockKind {

	/** One holder. */
	MUTEX,

	/** One writer or many readers. */
	READ_WRITE,

	/** As many holders as it has permits, the first so many of its queue. */
	SEMAPHORE;

	/** The names of so many places fit into one answer of the ensemble. */
	private static final int MAX_PERMITS = 10_000;

	/**
	 * What an undeclared lock becomes by its first use.
	 * @param mode how it is taken
	 * @return the kind
	 */
	static LockKind of(Mode mode) {
		return (mode == Mode.SHARED) ? READ_WRITE : MUTEX;
	}

	/**
	 * Checks a declaration.
	 * @param kind what a lock is to be
	 * @param permits how many may hold it at once
	 * @throws InvalidLockRequestException if there cannot be such a lock
	 */
	static void checkDeclared(LockKind kind, int permits) {
		if (kind != SEMAPHORE && permits != 1) {
			throw new InvalidLockRequestException("permits",
					"a " + kind + " has 1 permit, and not " + permits + "; a SEMAPHORE may have more");
		}
		if (permits < 1 || permits > MAX_PERMITS) {
			throw new InvalidLockRequestException("permits",
					"permits are from 1 to " + MAX_PERMITS + ", and not " + permits);
		}
	}

	/**
	 * The kind after whose places those of this kind are named: each place of a semaphore
	 * is one permit, whatever the mode.
	 * @return a kind that a name can tell
	 */
	LockKind named() {
		return (this == SEMAPHORE) ? MUTEX : this;
	}

	/**
	 * Whether a lock of this kind can be taken so.
	 * @param mode a mode
	 * @return whether this kind has it
	 */
	boolean has(Mode mode) {
		return this != MUTEX || mode == Mode.EXCLUSIVE;
	}

}
