package io.roster.acceptance.lockfaults;

import java.util.List;

import io.roster.locks.LockKind;

/**
 * What an acquire asks for.
 *
 * @param locks one lock, or several at once
 * @param shared beside others, where the lock can be shared
 */
record Aim(List<String> locks, boolean shared) {

	static Aim of(String lock) {
		return new Aim(List.of(lock), false);
	}

	boolean isMultiple() {
		return this.locks.size() > 1;
	}

	/** Whether it is held beside others that share it. */
	boolean shares(String lock) {
		return this.shared && Fleet.kind(lock) == LockKind.READ_WRITE;
	}

	/** Whether its token orders the holders of a lock. */
	boolean isFenced(String lock) {
		return Fleet.kind(lock) != LockKind.SEMAPHORE && !shares(lock);
	}

	/** The locks under which it writes. */
	List<String> written() {
		return this.locks.stream().filter(this::isFenced).toList();
	}

	@Override
	public String toString() {
		return (this.shared ? "shared " : "") + String.join("+", this.locks);
	}

}
