/**
 * The other half of a lock: what the protected resource does with the fencing token of
 * whoever writes. A holder that was paused beyond its lease wakes up and believes that it
 * still holds the lock; no lock service can keep it from writing, only the resource can
 * refuse it.
 * <p>
 * {@link io.roster.fencing.FencingGuard} keeps the greatest token of each resource in a
 * table of its own, {@link io.roster.fencing.FencedRow} in a column of the row that is
 * protected, {@link io.roster.fencing.InMemoryFencingGuard} in memory, for tests. Plain
 * JDBC: nothing in here knows locks, ZooKeeper or Spring.
 */
@NullMarked
package io.roster.fencing;

import org.jspecify.annotations.NullMarked;
