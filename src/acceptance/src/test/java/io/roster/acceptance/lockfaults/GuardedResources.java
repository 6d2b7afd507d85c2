package io.roster.acceptance.lockfaults;

import java.util.function.BooleanSupplier;

import io.roster.fencing.InMemoryFencingGuard;
import io.roster.fencing.StaleTokenException;

/**
 * What the locks are for: one resource for each lock, which looks at the tokens.
 */
final class GuardedResources {

	private final InMemoryFencingGuard guard = new InMemoryFencingGuard();

	private final History history;

	GuardedResources(History history) {
		this.history = history;
	}

	/**
	 * Writes, whether the lock is held or not.
	 * @param held says whether the writer believes that it holds the lock
	 */
	void write(int acquisition, String lock, long token, BooleanSupplier held) {
		try {
			// Within the guard, so that the history has the order of the writes.
			this.guard.write(lock, token, () -> {
				this.history.add(new Event.Accepted(acquisition, lock, System.nanoTime()));
				return null;
			});
		}
		catch (StaleTokenException ex) {
			this.history.add(new Event.Refused(acquisition, lock, held.getAsBoolean(), System.nanoTime()));
		}
	}

}
