/**
 * The znodes themselves, for people and for programs without a ZooKeeper client: every
 * operation of a client, but for what needs a session of the caller's own. What belongs
 * to Roster is protected from accidents. Nothing in here knows what a znode means.
 */
@NullMarked
package io.roster.registry.tree;

import org.jspecify.annotations.NullMarked;
