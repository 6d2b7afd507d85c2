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

	/** As many holders as it has permits. */
	SEMAPHORE;

	/**
	 * What an undeclared lock becomes by its first use.
	 * @param mode how it is taken
	 * @return the kind
	 */
	static LockKind of(Mode mode) {
		return (mode == Mode.SHARED) ? READ_WRITE : MUTEX;
	}

	static void checkDeclared(LockKind kind) {
		if (kind == SEMAPHORE) {
			throw new InvalidLockRequestException("kind", "a lock is declared a MUTEX or a READ_WRITE lock");
		}
	}

	/**
	 * Whether a lock of this kind can be taken so.
	 * @param mode a mode
	 * @return whether this kind has it
	 */
	boolean has(Mode mode) {
		return this == READ_WRITE || (this == MUTEX && mode == Mode.EXCLUSIVE);
	}

}
