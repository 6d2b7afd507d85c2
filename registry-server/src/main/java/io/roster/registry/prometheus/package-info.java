/**
 * The instances as Prometheus finds its targets.
 */
@NullMarked
package io.roster.registry.prometheus;

import org.jspecify.annotations.NullMarked;
