/**
 * The connection to a ZooKeeper ensemble and the {@link io.roster.coordination.Mirror},
 * the in-memory copy of one subtree that discovery and locks are built on. Nothing in
 * here knows what a service or a lock is, and nothing in here may depend on Spring.
 */
@NullMarked
package io.roster.coordination;

import org.jspecify.annotations.NullMarked;
