/**
 * The registry server as it runs, on real ensembles.
 */
@NullMarked
package io.roster.registry;

import org.jspecify.annotations.NullMarked;
