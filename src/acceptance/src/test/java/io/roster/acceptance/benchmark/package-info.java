/**
 * Benchmarks that anyone can run: each measures Roster and a peer in turn, in the same
 * run, and gives the ratio. Their figures are no tests.
 */
@NullMarked
package io.roster.acceptance.benchmark;

import org.jspecify.annotations.NullMarked;
