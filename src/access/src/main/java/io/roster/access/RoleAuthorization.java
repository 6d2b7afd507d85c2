package io.roster.access;

import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Lets a request pass whose caller has the role that the rules ask for.
 */
final class RoleAuthorization implements AuthorizationManager<RequestAuthorizationContext> {

	private final AccessRules rules;

	RoleAuthorization(AccessRules rules) {
		this.rules = rules;
	}

	@Override
	public AuthorizationResult authorize(Supplier<? extends @Nullable Authentication> authentication,
			RequestAuthorizationContext context) {
		Optional<Role> required = this.rules.required(context.getRequest());
		return required.<AuthorizationResult>map((role) -> new RoleDecision(has(authentication.get(), role), role))
			.orElseGet(() -> new AuthorizationDecision(true));
	}

	private static boolean has(@Nullable Authentication authentication, Role required) {
		return authentication instanceof CallerToken token && token.getPrincipal().role() != null
				&& token.getPrincipal().role().includes(required);
	}

}
