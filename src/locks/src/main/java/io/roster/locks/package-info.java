/**
 * Lock queues on ZooKeeper: leases, waits and fencing tokens, and the wire types of the
 * lock service. {@link io.roster.locks.LockQueues} is the door.
 * <p>
 * Who holds a lock and who waits for it are the sequential children of one znode, named
 * as Curator's recipes name them, so that one queue serves REST clients, Curator's
 * {@code InterProcessMutex} and others. Nothing in here knows HTTP or Spring.
 */
@NullMarked
package io.roster.locks;

import org.jspecify.annotations.NullMarked;
