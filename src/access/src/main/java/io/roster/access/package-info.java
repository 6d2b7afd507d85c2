/**
 * Who may call what of a service over HTTP: bearer tokens, which are API keys or JSON Web
 * Tokens, three roles, the audit log, and the limits that every request has. An
 * application says with {@link io.roster.access.AccessRules} which of its calls need
 * which role, and asks its requests, as in any servlet, for
 * {@code getUserPrincipal().getName()} and {@code isUserInRole("operator")}. Nothing in
 * here knows what the calls do.
 */
@NullMarked
package io.roster.access;

import org.jspecify.annotations.NullMarked;
