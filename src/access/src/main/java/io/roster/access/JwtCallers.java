package io.roster.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * Who has a JSON Web Token. Its signature, its times, its issuer and its audience are the
 * decoder's to check.
 */
final class JwtCallers {

	private final JwtDecoder decoder;

	private final String rolesClaim;

	JwtCallers(JwtDecoder decoder, String rolesClaim) {
		this.decoder = decoder;
		this.rolesClaim = rolesClaim;
	}

	/**
	 * Reads a token. Blocks while the issuer's keys are fetched, which is done when they
	 * are first needed, and again now and then.
	 * @param token the token
	 * @return who has it
	 * @throws InvalidBearerTokenException if it is not valid
	 * @throws IssuerUnreachableException if the issuer's keys cannot be had
	 */
	Caller read(String token) {
		Jwt jwt = decode(token);
		String subject = jwt.getSubject();
		if (subject == null || !Caller.isName(subject)) {
			throw new InvalidBearerTokenException("The token's sub does not name anybody");
		}
		if (jwt.hasClaim("cnf")) {
			// RFC 7800: good only for whoever proves that he has a key, which is not
			// asked
			// for here.
			throw new InvalidBearerTokenException("The token is bound to a key (cnf), and is no bearer token");
		}
		return new Caller(subject, role(jwt), jwt.getExpiresAt());
	}

	private Jwt decode(String token) {
		try {
			return this.decoder.decode(token);
		}
		catch (JwtValidationException ex) {
			throw new InvalidBearerTokenException("The token is refused: " + ex.getErrors()
				.stream()
				.map(OAuth2Error::getDescription)
				.filter(Objects::nonNull)
				.collect(Collectors.joining("; ")), ex);
		}
		catch (BadJwtException ex) {
			throw new InvalidBearerTokenException(
					"The token is neither an API key nor a JSON Web Token with a signature of the issuer", ex);
		}
		catch (JwtException | JwtDecoderInitializationException ex) {
			throw new IssuerUnreachableException(ex);
		}
	}

	private @Nullable Role role(Jwt jwt) {
		return words(claim(jwt)).flatMap((word) -> Role.find(word).stream())
			.max(Comparator.naturalOrder())
			.orElse(null);
	}

	private @Nullable Object claim(Jwt jwt) {
		// The names of claims may have dots themselves: https://example.org/roles.
		Object claim = jwt.getClaims().get(this.rolesClaim);
		if (claim != null) {
			return claim;
		}
		Object inner = jwt.getClaims();
		for (String name : this.rolesClaim.split("\\.", -1)) {
			inner = (inner instanceof Map<?, ?> claims) ? claims.get(name) : null;
		}
		return inner;
	}

	private static Stream<String> words(@Nullable Object claim) {
		if (claim instanceof Collection<?> list) {
			return list.stream().map(String::valueOf);
		}
		return (claim instanceof String text) ? Arrays.stream(text.split(" ", -1)) : Stream.empty();
	}

}
