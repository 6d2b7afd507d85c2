package io.roster.access;

import java.io.Serializable;
import java.security.Principal;
import java.time.Duration;
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
 * that was accepted before may be answered after it, and a stream goes on for its
 * {@link #lifetime}
 */
public record Caller(String name, @Nullable Role role, @Nullable Instant expiresAt) implements Principal, Serializable {

	/**
	 * The name of everybody where nobody is asked for credentials; no one else has it.
	 */
	public static final String ANONYMOUS = "anonymous";

	/** Spring Security's, of JwtTimestampValidator. */
	private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

	private static final Duration SHORTEST = Duration.ofMillis(1);

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

	/**
	 * For how long an answer that does not end by itself may go on.
	 * @param now the time
	 * @return the time until the credentials have expired, with the tolerance for clocks
	 * that there is when a request begins, and at least a millisecond; empty if they do
	 * not expire
	 */
	public Optional<Duration> lifetime(Instant now) {
		return Optional.ofNullable(this.expiresAt)
			.map((end) -> Duration.between(now, end.plus(CLOCK_SKEW)))
			.map((left) -> (left.compareTo(SHORTEST) > 0) ? left : SHORTEST);
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
