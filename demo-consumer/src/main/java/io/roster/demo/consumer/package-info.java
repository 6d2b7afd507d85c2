/**
 * The demo's consumer.
 */
@NullMarked
package io.roster.demo.consumer;

import org.jspecify.annotations.NullMarked;
