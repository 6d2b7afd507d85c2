/**
 * The tests of access, and what the tests of the services take from them: keys and tokens
 * that are made anew for each run, and the calls of a service with all kinds of
 * credentials.
 */
@NullMarked
package io.roster.access;

import org.jspecify.annotations.NullMarked;
