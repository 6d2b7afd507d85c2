/**
 * A small application that knows Spring Cloud and nothing of Roster: it answers requests,
 * and it makes them through the load balancer and counts what becomes of each. The tests
 * start it in processes of its own, with Roster on the class path and without.
 */
@NullMarked
package io.roster.acceptance.application;

import org.jspecify.annotations.NullMarked;
