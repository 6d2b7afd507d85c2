/**
 * Registrations at several replicas.
 */
@NullMarked
package io.roster.registry.registration;

import org.jspecify.annotations.NullMarked;
