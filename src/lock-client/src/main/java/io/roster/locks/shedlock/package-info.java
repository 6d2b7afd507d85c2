/**
 * ShedLock over the lock service, for tasks that are to run once on one of several
 * machines. Needs {@code shedlock-core}; nothing in here knows Spring.
 */
@NullMarked
package io.roster.locks.shedlock;

import org.jspecify.annotations.NullMarked;
