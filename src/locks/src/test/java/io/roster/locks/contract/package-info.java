/**
 * What any implementation of {@link io.roster.locks.Locks} must do, as tests: each part
 * is an abstract class, and an implementation supplies itself. They travel as a test-jar,
 * and know nothing of ZooKeeper, HTTP or Spring.
 */
@NullMarked
package io.roster.locks.contract;

import org.jspecify.annotations.NullMarked;
