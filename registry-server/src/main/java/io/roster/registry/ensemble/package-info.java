/**
 * The ensemble over HTTP, and the embedded member that runs where no ensemble is
 * configured.
 */
@NullMarked
package io.roster.registry.ensemble;

import org.jspecify.annotations.NullMarked;
