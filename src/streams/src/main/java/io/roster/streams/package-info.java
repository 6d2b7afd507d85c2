/**
 * Streams of server-sent events: a slow reader costs memory up to a bound and a thread
 * that writes, never the thread on which things happen. Nothing in here knows what the
 * events are about.
 */
@NullMarked
package io.roster.streams;

import org.jspecify.annotations.NullMarked;
