/**
 * Requests that stay open until there is something to answer, and the threads that answer
 * them: never the thread on which things happen. Nothing in here knows what a service is.
 */
@NullMarked
package io.roster.registry.open;

import org.jspecify.annotations.NullMarked;
