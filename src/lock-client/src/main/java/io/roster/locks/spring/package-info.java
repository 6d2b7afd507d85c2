/**
 * The lock client in a Spring Boot application: a {@code LockClient} from properties, and
 * a Spring Integration {@code LockRegistry} either over it or, in an application with a
 * ZooKeeper connection of its own, over that. Nothing in here is needed without Spring,
 * and no rule about locks belongs in here.
 */
@NullMarked
package io.roster.locks.spring;

import org.jspecify.annotations.NullMarked;
