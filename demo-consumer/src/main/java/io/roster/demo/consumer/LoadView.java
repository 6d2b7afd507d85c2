package io.roster.demo.consumer;

import org.jspecify.annotations.Nullable;

/**
 * How much load this application makes by itself.
 *
 * @param perSecond requests per second; 0 for none
 */
record LoadView(@Nullable Integer perSecond) {

}
