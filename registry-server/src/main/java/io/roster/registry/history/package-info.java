/**
 * What joined, changed and left, when and why: seen in the mirrors of the instances, kept
 * in memory within a bound and below {@code /roster/events} for a time, so that a restart
 * forgets nothing and all replicas answer alike.
 */
@NullMarked
package io.roster.registry.history;

import org.jspecify.annotations.NullMarked;
