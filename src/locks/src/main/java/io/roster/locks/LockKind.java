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
	SEMAPHORE

}
