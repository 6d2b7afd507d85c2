/**
 * Answers that stay open: server-sent events and requests that wait. A slow reader costs
 * memory up to a bound and a thread that writes, never the thread on which things happen.
 * Nothing in here knows what a service is.
 */
@NullMarked
package io.roster.registry.stream;

import org.jspecify.annotations.NullMarked;
