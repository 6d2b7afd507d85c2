package io.roster.access;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Tells who sends a bearer token: an API key by its prefix, all else as a JSON Web Token.
 */
final class BearerAuthentication implements AuthenticationManager {

	private static final Logger log = LoggerFactory.getLogger(BearerAuthentication.class);

	private final ApiKeys keys;

	private final @Nullable JwtCallers tokens;

	private final AtomicBoolean unreachable = new AtomicBoolean();

	/**
	 * Knows some credentials.
	 * @param keys the API keys
	 * @param tokens reads JSON Web Tokens; {@code null} if there is no issuer
	 */
	BearerAuthentication(ApiKeys keys, @Nullable JwtCallers tokens) {
		this.keys = keys;
		this.tokens = tokens;
	}

	@Override
	public Authentication authenticate(Authentication authentication) {
		String token = ((BearerTokenAuthenticationToken) authentication).getToken();
		return new CallerToken(token.startsWith(ApiKeys.PREFIX) ? key(token) : jwt(token));
	}

	private Caller key(String key) {
		return this.keys.find(key).orElseThrow(() -> new InvalidBearerTokenException("The API key is not known here"));
	}

	private Caller jwt(String token) {
		if (this.tokens == null) {
			throw new InvalidBearerTokenException("Only API keys are known here, which begin with " + ApiKeys.PREFIX);
		}
		try {
			Caller caller = this.tokens.read(token);
			if (this.unreachable.compareAndSet(true, false)) {
				log.info("The keys of the issuer of tokens can be had again.");
			}
			return caller;
		}
		catch (IssuerUnreachableException ex) {
			if (this.unreachable.compareAndSet(false, true)) {
				log.warn("The keys of the issuer of tokens cannot be had; tokens are answered 503 until they can.", ex);
			}
			throw ex;
		}
	}

}
