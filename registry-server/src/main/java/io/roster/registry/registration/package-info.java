/**
 * Instances for programs without a ZooKeeper client: registered by a call, kept by
 * heartbeats, and taken away by any replica when these stay away.
 */
@NullMarked
package io.roster.registry.registration;

import org.jspecify.annotations.NullMarked;
