package io.roster.coordination;

/**
 * A change of leader, as the epochs of zxids show it: the high 32 bits of each zxid are
 * the epoch of the leader that gave it (ZooKeeper's {@code ZxidUtils}).
 *
 * @param epoch the epoch of the new leader
 * @param before the greatest epoch seen before. Where the two differ by more than one,
 * epochs between them have come and gone unseen
 */
public record Election(long epoch, long before) {
}
