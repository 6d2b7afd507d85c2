/**
 * ZooKeeper members: real ones run inside this JVM for development and tests, the
 * parameters of a member, and the status of any ensemble. Clients of an ensemble do not
 * live here.
 */
@NullMarked
package io.roster.ensemble;

import org.jspecify.annotations.NullMarked;
