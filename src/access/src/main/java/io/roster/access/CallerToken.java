package io.roster.access;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AbstractAuthenticationToken;

/**
 * A caller as Spring Security knows him. The credentials themselves are not kept.
 */
final class CallerToken extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final Caller caller;

	CallerToken(Caller caller) {
		super((caller.role() != null) ? caller.role().authorities() : List.of());
		this.caller = caller;
		setAuthenticated(true);
	}

	@Override
	public Caller getPrincipal() {
		return this.caller;
	}

	@Override
	public @Nullable Object getCredentials() {
		return null;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof CallerToken token && super.equals(other) && this.caller.equals(token.caller);
	}

	@Override
	public int hashCode() {
		return Objects.hash(super.hashCode(), this.caller);
	}

}
