/**
 * The registry server: shows and serves who is registered.
 */
@NullMarked
package io.roster.registry;

import org.jspecify.annotations.NullMarked;
