package io.roster.access;

import org.springframework.security.authorization.AuthorizationResult;

/**
 * Whether somebody may make a call.
 *
 * @param isGranted whether he may
 * @param required the least role that the call needs
 */
record RoleDecision(boolean isGranted, Role required) implements AuthorizationResult {
}
