package io.roster.locks;

/**
 * What a replica sees of all locks: every replica sees the same.
 *
 * @param locks how many locks have a znode
 * @param held how many places hold
 * @param waiting how many places wait
 */
public record LockCounts(int locks, int held, int waiting) {
}
