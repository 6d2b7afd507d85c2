/**
 * A client of the lock service for plain Java, over the JDK's HTTP client:
 * {@link io.roster.locks.client.LockClient} acquires,
 * {@link io.roster.locks.client.HeldLock} is what is held, with its fencing token and its
 * own deadline. Nothing in here speaks to ZooKeeper, and nothing in here may depend on
 * Spring.
 */
@NullMarked
package io.roster.locks.client;

import org.jspecify.annotations.NullMarked;
