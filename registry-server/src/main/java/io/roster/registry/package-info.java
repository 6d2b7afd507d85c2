/**
 * The registry server: shows and serves who is registered, and how the ensemble does.
 * What it knows of services is in {@code service}, of the ensemble in {@code ensemble};
 * {@code open} and {@code problem} know neither.
 */
@NullMarked
package io.roster.registry;

import org.jspecify.annotations.NullMarked;
