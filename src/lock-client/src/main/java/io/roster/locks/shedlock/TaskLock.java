package io.roster.locks.shedlock;

import java.util.Optional;

import io.roster.locks.client.HeldLock;
import io.roster.locks.client.LeaseLostException;
import net.javacrumbs.shedlock.core.AbstractSimpleLock;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.support.LockException;

/**
 * A task's lock, until it is given back or extended.
 */
final class TaskLock extends AbstractSimpleLock {

	private final HeldLock held;

	private TaskLock(HeldLock held, LockConfiguration configuration) {
		super(configuration);
		this.held = held;
	}

	static SimpleLock of(HeldLock held, LockConfiguration configuration) {
		held.keepAtLeast(configuration.getLockAtLeastFor());
		return new TaskLock(held, configuration);
	}

	@Override
	protected void doUnlock() {
		this.held.close();
	}

	@Override
	protected Optional<SimpleLock> doExtend(LockConfiguration configuration) {
		try {
			this.held.extend(configuration.getLockAtMostFor());
			return Optional.of(of(this.held, configuration));
		}
		catch (LeaseLostException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LockException("interrupted while lock " + configuration.getName() + " was extended", ex);
		}
	}

}
