/**
 * The history at several replicas, and over restarts.
 */
@NullMarked
package io.roster.registry.history;

import org.jspecify.annotations.NullMarked;
