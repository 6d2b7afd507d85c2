package io.roster.access;

import java.io.Serializable;
import java.security.Principal;
import java.time.Instant;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;

/**
 * Who makes a request.
 *
 * @param name the principal: of an API key what its configuration says, of a JSON Web
 * Token its {@code sub}, and {@link #ANONYMOUS} where nobody is asked for credentials
 * @param role the role; {@code null} for a token that names none, with which nothing but
 * what is open to everybody may be called
 * @param expiresAt when the credentials expire; {@code null} if they do not. A request
 * that was accepted before may be answered after it
 */
public record Caller(String name, @Nullable Role role, @Nullable Instant expiresAt) implements Principal, Serializable {

	/**
	 * The name of everybody where nobody is asked for credentials; no one else has it.
	 */
	public static final String ANONYMOUS = "anonymous";

	private static final int MAX_NAME_CHARS = 256;

	/**
	 * Who makes a request.
	 * @param request the request
	 * @return its caller; empty if it came without credentials to a service that has some
	 */
	public static Optional<Caller> of(HttpServletRequest request) {
		return (request.getUserPrincipal() instanceof Authentication authentication
				&& authentication.getPrincipal() instanceof Caller caller) ? Optional.of(caller) : Optional.empty();
	}

	static Caller anonymous() {
		return new Caller(ANONYMOUS, Role.OPERATOR, null);
	}

	/**
	 * Whether somebody who has shown credentials may have a name. It is written to znodes
	 * and to logs.
	 */
	static boolean isName(@Nullable String name) {
		return name != null && !name.isBlank() && name.length() <= MAX_NAME_CHARS && !name.equals(ANONYMOUS)
				&& name.chars().noneMatch(Character::isISOControl);
	}

	@Override
	public String getName() {
		return this.name;
	}

}
