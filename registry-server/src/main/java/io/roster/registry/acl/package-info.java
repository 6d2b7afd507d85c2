/**
 * The ACLs of the ensemble, kept closed where this server has credentials.
 */
@NullMarked
package io.roster.registry.acl;

import org.jspecify.annotations.NullMarked;
