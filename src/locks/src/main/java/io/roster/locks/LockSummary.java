package io.roster.locks;

/**
 * One lock in the list of all.
 *
 * @param name the name of the lock
 * @param kind what it is
 * @param holders how many hold it
 * @param waiters how many wait for it
 */
public record LockSummary(String name, LockKind kind, int holders, int waiters) {
}
